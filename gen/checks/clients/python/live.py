"""Calls servers with requests and httpx, and compares what modules make of their answers.

    python3 live.py FILE

FILE has, for each catalog, URLs with the verdicts on their answers. The modules are found on PYTHONPATH.
"""

import asyncio
import importlib
import json
import pathlib
import sys

import httpx
import requests
from vectors import differences, verdict


async def main(file):
    with requests.Session() as session:
        async with httpx.AsyncClient() as client:
            return await judge(json.loads(pathlib.Path(file).read_text()), session, client)


async def judge(catalogs, session, client):
    total = failed = 0
    for name, vectors in sorted(catalogs.items()):
        module = importlib.import_module(name)
        for vector in vectors or ():
            want = vector["verdict"]
            for response in (session.get(vector["url"]), await client.get(vector["url"])):
                total += 1
                error = module.decode(response)
                assert error.idempotent is True
                got = verdict(module, error, want)
                found = list(differences(want, got))
                if found:
                    failed += 1
                    print(f"{name}: {vector['name']}:", *found, sep="\n\t")
    print(f"{total} answers, {failed} fail")
    return 1 if failed or total < 200 else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1])))
