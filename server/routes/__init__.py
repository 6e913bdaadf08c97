"""One module per audience. A route fetches and authorises, asks pure functions, tells the store, and prints."""
