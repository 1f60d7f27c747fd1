"""Bodies like those of the services, for the tests of `linkcheck.registries`."""

from __future__ import annotations

import json

ATOM_HEAD = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/SkuXkYxumgL1drFIL7NufdnpkFc</id>
  <title>arXiv Query: search_query=&amp;id_list={ids}&amp;start=0&amp;max_results={asked}</title>
  <updated>{updated}</updated>
  <link href="https://arxiv.org/api/query?search_query=&amp;start=0" type="application/atom+xml"/>
  <opensearch:itemsPerPage>{asked}</opensearch:itemsPerPage>
  <opensearch:totalResults>{total}</opensearch:totalResults>
  <opensearch:startIndex>{start}</opensearch:startIndex>
"""


def paper(name, version=1, summary="We show &lt;things&gt; &amp; more.", title="On Things", comment="15 pages"):
    return f"""  <entry>
    <id>http://arxiv.org/abs/{name}v{version}</id>
    <title>{title}</title>
    <updated>2023-08-02T00:41:18Z</updated>
    <link href="https://arxiv.org/abs/{name}v{version}" rel="alternate" type="text/html"/>
    <summary>  {summary}
</summary>
    <category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/>
    <author><name>A. Author</name></author>
    <published>2023-01-01T00:00:00Z</published>
    <arxiv:comment>{comment}</arxiv:comment>
  </entry>
"""


def refusal(name):
    return f"""  <entry>
    <id>https://arxiv.org/api/errors#incorrect_id_format_for_{name}</id>
    <title>Error</title>
    <updated>2026-11-02T00:00:00Z</updated>
    <summary>incorrect id format for {name}</summary>
  </entry>
"""


def atom(*entries, asked=10, total=None, start=0, updated="2026-11-02T03:00:00Z"):
    total = len(entries) if total is None else total
    head = ATOM_HEAD.format(ids="x", asked=asked, total=total, start=start, updated=updated)
    return (head + "".join(entries) + "</feed>\n").encode()


def handle(code, name, **more):
    values = [{"index": 1, "type": "URL", "data": {"format": "string", "value": "https://example.org/"}, "ttl": 86400}]
    return json.dumps({"responseCode": code, "handle": name, **({"values": values} if code == 1 else {}), **more}).encode()


def repository(full_name, **more):
    found = {
        "id": 1296269, "name": full_name.partition("/")[2], "full_name": full_name, "private": False,
        "html_url": f"https://github.com/{full_name}", "archived": False, "disabled": False, **more,
    }  # fmt: skip
    return json.dumps(found).encode()


def refused_by_github(message, status):
    return json.dumps({
        "message": message, "documentation_url": "https://docs.github.com/rest/repos/repos#get-a-repository",
        "status": str(status),
    }).encode()  # fmt: skip


def video(title="A Lecture", **more):
    return json.dumps({
        "title": title, "author_name": "A", "type": "video", "version": "1.0", "provider_name": "YouTube",
        "html": "<iframe></iframe>", **more,
    }).encode()  # fmt: skip
