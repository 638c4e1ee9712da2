"""The fast way of a clip: a door in front of Django, and one commit for all who wait.

door    says yes by itself to whom Django has let in before, and hands everybody else to Django,
        which says no in its own words;
passes  whom Django has let in, by the headers on which it decided;
group   a bounded queue and the thread that empties it;
writer  what that thread does with a batch: who is signed in, the rules of the set, one commit.

Why it is built like this: docs/decisions/0028.
"""
