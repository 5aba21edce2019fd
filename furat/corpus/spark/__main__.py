"""Runs `furat.corpus.spark.command`: the file that `spark-submit` is given."""

import sys

from furat.corpus.spark.command import main

sys.exit(main(sys.argv[1:]))
