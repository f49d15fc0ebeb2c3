"""Prints the documents of YAML files as one line of JSON: a list of {"file", "documents"}."""

import json
import sys

import yaml


def documents(path):
    with open(path, encoding="utf-8") as file:
        return [document for document in yaml.safe_load_all(file) if document is not None]


json.dump([{"file": path, "documents": documents(path)} for path in sys.argv[1:]], sys.stdout, default=str)
