"""The demo world: invented people and firms, a year of their claims and money, the same for the same seed.

Like a backup that is restored, it writes whole tables at once. Whatever is decided in it is decided by the
product's own code, and `check` compares the finished world with itself.
"""
