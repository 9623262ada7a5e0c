import configparser

from flask import Flask

app = Flask(__name__)
parser = configparser.ConfigParser()
parser.read("config.ini")
app.config["TITLE"] = parser["shop"]["title"]


@app.get("/")
def title():
    return f"{app.config['TITLE']}\n"
