"""The spiders: which addresses of a site to request. What a page holds, furat.pages reads."""
