"""Charts drawn here as SVG, for pages and for the PDF alike; no script draws anything."""
