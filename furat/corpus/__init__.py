"""One dataset of many archives, in which every copy is linked to the first of its cluster, whatever engine computes it.

The links are those of `furat.duplicates.DuplicateIndex` over the last states of all articles, in the order of
(`first_seen`, `id`). Whether an article is a copy depends only on earlier firsts. So suppose which articles are
firsts, decide each against the earlier ones among them, and suppose the outcome, until nothing changes. By induction
on the order there is one such fixed point, whatever was supposed at first: the outcome of the index. Partitions,
order of work and retries can't matter.
"""
