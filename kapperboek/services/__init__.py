"""The use cases, one function each, named as the user would say it.

They take plain inputs, own the transaction, write the sentence of the change in the user's language, and hand out
frozen views. Nothing heavy is imported before it is used: SQLModel only comes in with the first write. A question that
needs no permission and no decision is not wrapped: it is imported here under its own name, and so it has one name.
"""
