"""Tables: what each column holds, and a row on its way to being a customer."""
