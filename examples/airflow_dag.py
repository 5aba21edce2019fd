"""An Airflow DAG: a refresh every hour, and a backup every night."""

from datetime import datetime, timedelta

from airflow.providers.standard.operators.bash import BashOperator  # type: ignore[import-not-found]
from airflow.sdk import DAG  # type: ignore[import-not-found]

FURAT = "cd /srv/furat && venv/bin/scrapy"
BEGIN = datetime(2026, 1, 1)  # noqa: DTZ001 (Airflow's zone)

with DAG("furat_refresh", schedule="7 * * * *", start_date=BEGIN, catchup=False, max_active_runs=1):
    BashOperator(
        task_id="refresh",
        bash_command=f"{FURAT} refresh -a site=https://newsroom.example/ --quiet",
        skip_on_exit_code=4,  # another crawl holds the archive
        retries=2,  # 3: something is still pending; 1, 2 and 5 fail again, and are told
        retry_delay=timedelta(minutes=15),
    )

with DAG("furat_backup", schedule="30 3 * * *", start_date=BEGIN, catchup=False, max_active_runs=1):
    BashOperator(
        task_id="backup",
        bash_command=f"{FURAT} backup --site https://newsroom.example/ /backup/newsroom.example.db",
    )
