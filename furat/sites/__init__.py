"""The sites that an operator names in `sites.toml`."""

from furat.sites.site import Access, Site, all_sites, site_named

__all__ = ["Access", "Site", "all_sites", "site_named"]
