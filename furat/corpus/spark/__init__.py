"""A corpus on a cluster: the stages of `furat.corpus` run by Spark, over any file system that Arrow reaches."""
