"""Everything that touches the world: HTTP, PostgreSQL, files, jobs, people. Routes call the store, the store knows the tables."""
