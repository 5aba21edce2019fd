"""Spidermon's monitors (https://spidermon.readthedocs.io) find Furat's verdict when a spider is closed."""

from spidermon import Monitor, MonitorSuite, monitors


@monitors.name("Furat")
class VerdictMonitor(Monitor):  # type: ignore[misc]
    """Fails where a crawl is not complete, and says why."""

    @monitors.name("The crawl is complete")  # type: ignore[untyped-decorator]
    def test_complete(self) -> None:
        stats = self.data.stats
        assert stats["furat/exit_code"] == 0, stats["furat/reason"]


class CloseSuite(MonitorSuite):  # type: ignore[misc]
    """What is looked at when a spider is closed."""

    monitors = [VerdictMonitor]
