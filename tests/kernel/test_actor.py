"""An actor passes with a permission and is stopped, by name, without it."""

import dataclasses

import pytest

from ols.kernel.actor import Actor, NotPermitted


def test_actor_is_let_through_or_stopped_by_permission():
    actor = Actor(1, 2, "provider", frozenset({"claim:submit"}), "web")
    actor.require("claim:submit")
    assert actor.has("claim:submit")
    assert not actor.has("claim:reverse")
    with pytest.raises(NotPermitted) as caught:
        actor.require("claim:reverse")
    assert caught.value.permission == "claim:reverse"


def test_the_system_holds_only_what_it_was_given():
    job = Actor.system("job", permissions=frozenset({"statement:issue"}))
    assert (job.user_id, job.organization_id, job.channel) == (None, None, "job")
    assert job.has("statement:issue")
    with pytest.raises(NotPermitted):
        Actor.system("job").require("statement:issue")


def test_an_actor_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Actor.system("job").channel = "web"
