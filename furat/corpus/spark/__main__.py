"""`python -m furat.corpus.spark`, and the file for `spark-submit`."""

import sys

from furat.corpus.spark.command import main

sys.exit(main())
