"""The first start, the passphrase, and what is offered above the first page."""
