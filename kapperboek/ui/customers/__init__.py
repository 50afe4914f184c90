"""The page Customers: the list, its filters and its preview."""
