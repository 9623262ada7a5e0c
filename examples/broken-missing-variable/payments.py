import os


def currency() -> str:
    return os.environ["PAYMENTS_CURRENCY"]
