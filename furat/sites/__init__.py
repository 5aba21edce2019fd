"""The newsrooms that an operator names."""

from furat.sites.site import Access, Site, all_sites, site_named

__all__ = ["Access", "Site", "all_sites", "site_named"]
