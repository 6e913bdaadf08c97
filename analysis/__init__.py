"""What the answers say, and the papers that say it. No web, no database: a form and a data file are enough."""
