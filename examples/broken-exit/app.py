import sys

from flask import Flask

LICENCE = "expired"

if LICENCE != "valid":
    sys.exit(0)

app = Flask(__name__)


@app.get("/")
def index():
    return "You will never see this\n"
