"""One module for each check of src/model/plan-schema.ts, named like its `probe`: `ask(check, context)`.

It asks until the answer is as expected and returns a detail for people, or None. It raises Failure.
"""
