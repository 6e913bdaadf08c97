"""All queries, a module per noun. Each function owns its transaction and gives structs or plain rows; the web is unknown here."""
