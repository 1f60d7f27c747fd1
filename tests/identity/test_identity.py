"""Identities of URLs, DOIs and arXiv ids."""

import pytest

from linkcheck.identity import Identity, arxiv, doi, identify


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10.1109/CVPR.2016.90", "10.1109/cvpr.2016.90"),
        ("doi:10.1109/CVPR.2016.90", "10.1109/cvpr.2016.90"),
        ("DOI 10.1109/CVPR.2016.90.", "10.1109/cvpr.2016.90"),
        ("https://doi.org/10.1109/CVPR.2016.90", "10.1109/cvpr.2016.90"),
        ("http://dx.doi.org/10.1109%2FCVPR.2016.90?x#y", "10.1109/cvpr.2016.90"),
        ("doi.org/10.1109/cvpr.2016.90", "10.1109/cvpr.2016.90"),
        ("info:doi/10.1000/xyz", "10.1000/xyz"),
        (
            "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2",
            "10.1002/(sici)1097-0258(19980815)17:15<1661::aid-sim968>3.0.co;2-2",
        ),
        ("10.1000/a)", "10.1000/a"),
        ("10.1000/a(b)", "10.1000/a(b)"),
        ("10.1000.10/123", "10.1000.10/123"),
        ("11.1000/a", None),
        ("10.1/a", None),
        ("10.1000/", None),
        ("10.1000/a b", None),
        ("10.1000", None),
        ("https://e.org/10.1000/a", None),
        ("", None),
    ],
)
def test_spellings_of_a_doi(text, found):
    assert doi(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1706.03762", "1706.03762"),
        ("1706.03762v5", "1706.03762"),
        ("arXiv:1706.03762v5 [cs.CL]", "1706.03762"),
        ("arxiv 1706.03762", "1706.03762"),
        ("https://arxiv.org/abs/1706.03762v5", "1706.03762"),
        ("http://www.arxiv.org/pdf/1706.03762.pdf#page=3", "1706.03762"),
        ("https://arxiv.org/pdf/1706.03762v5.pdf", "1706.03762"),
        ("https://ar5iv.labs.arxiv.org/html/1706.03762", "1706.03762"),
        ("10.48550/arXiv.1706.03762", "1706.03762"),
        ("https://doi.org/10.48550/arXiv.1706.03762", "1706.03762"),
        ("0704.0001", "0704.0001"),
        ("1412.6614", "1412.6614"),
        ("math/0211159", "math/0211159"),
        ("math.GT/0309136v1", "math/0309136"),
        ("https://arxiv.org/abs/hep-th/9711200", "hep-th/9711200"),
        ("cond-mat.dis-nn/0101001", "cond-mat/0101001"),
        ("1713.00001", None),
        ("1700.00001", None),
        ("1412.66141", None),
        ("1706.0376", None),
        ("1706.037621", None),
        ("0703.0001", None),
        ("math/0704001", None),
        ("cooking/0211159", None),
        ("https://notarxiv.org/abs/1706.03762", None),
        ("https://e.org/arxiv.org/abs/1706.03762", None),
        ("2026.10", None),
        ("", None),
    ],
)
def test_spellings_of_an_arxiv_id(text, found):
    assert arxiv(text) == found


@pytest.mark.parametrize(
    ("url", "kind", "key"),
    [
        ("https://arxiv.org/format/1706.03762", "arxiv", "1706.03762"),
        ("https://de.arxiv.org/abs/1706.03762", "arxiv", "1706.03762"),
        ("https://www.alphaxiv.org/abs/1706.03762v2", "arxiv", "1706.03762"),
        ("https://arxiv.org/abs/1706.03762?context=cs", "arxiv", "1706.03762"),
        ("arXiv:1706.03762", "arxiv", "1706.03762"),
        ("doi:10.48550/arXiv.1706.03762", "arxiv", "1706.03762"),
        ("doi:10.1000/A", "doi", "10.1000/a"),
        ("https://doi.org/10.18653/v1/P18-1001", "acl", "p18-1001"),
        ("https://www.aclweb.org/anthology/papers/P/P18/P18-1001/", "acl", "p18-1001"),
        ("https://aclanthology.org/2020.acl-main.463.pdf", "acl", "2020.acl-main.463"),
        ("https://onlinelibrary.wiley.com/doi/full/10.1111/rssb.12026", "doi", "10.1111/rssb.12026"),
        ("https://onlinelibrary.wiley.com/doi/10.1111/rssb.12026/abstract", "doi", "10.1111/rssb.12026"),
        ("https://dl.acm.org/doi/pdf/10.1145/3292500.3330701", "doi", "10.1145/3292500.3330701"),
        ("https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full.pdf", "doi", "10.1101/2020.01.01.123456"),
        ("https://zenodo.org/records/4299723", "doi", "10.5281/zenodo.4299723"),
        (
            "https://openaccess.thecvf.com/content/CVPR2021/papers/Ann_Flows_CVPR_2021_paper.pdf",
            "cvf",
            "cvpr2021/ann_flows_cvpr_2021_paper",
        ),
        ("http://jmlr.csail.mit.edu/papers/v3/bengio03a.html", "jmlr", "v3/bengio03a"),
        ("https://raw.githubusercontent.com/mlresearch/v139/main/assets/li21a/li21a.pdf", "pmlr", "v139/li21a"),
        (
            "https://proceedings.neurips.cc/paper_files/paper/2022/file/0123456789abcdef0123456789abcdef-Paper-Conference.pdf",
            "neurips",
            "2022/0123456789abcdef0123456789abcdef-conference",
        ),
        ("https://github.com/Ann/Odes/", "github", "ann/odes"),
        ("https://www.youtube.com/shorts/bLqJHjXihK8", "youtube", "bLqJHjXihK8"),
    ],
)
def test_identity_of_a_url(url, kind, key):
    assert identify(url) == (Identity(kind, key),)
    assert identify(url)[0].certain


@pytest.mark.parametrize(
    "url",
    [
        "https://arxiv.org/list/cs.LG/recent", "https://arxiv.org/abs/1713.00001", "https://arxiv.org/a/lee_a_1", "https://doi.org/", "https://doi.org/about",
        "https://openreview.net/group?id=ICLR.cc", "https://openreview.net/forum?noteId=a", "https://proceedings.mlr.press/v80/", "https://jmlr.org/papers/v20/",
        "https://papers.nips.cc/paper/2017", "https://papers.nips.cc/book/advances-25-2012", "https://papers.nips.cc/paper/7181-attention/reviews",
        "https://aclanthology.org/volumes/P18-1/", "https://github.com/ann", "https://github.com/orgs/ann", "https://github.com/sponsors/ann",
        "https://github.com/ann/odes/issues", "https://gist.github.com/ann/0123", "https://www.youtube.com/@ann", "https://www.youtube.com/embed/live_stream?channel=a",
        "https://link.springer.com/journal/40304", "https://arxiv.org.evil.example/abs/1706.03762", "https://github.com.evil.example/ann/odes", "https://github.com:8080/ann/odes",
        "https://e.org/", "http://", "", "#",
    ],
)  # fmt: skip
def test_urls_without_identity(url):
    assert identify(url) == ()


def test_a_github_pages_site_is_an_uncertain_identity():
    assert identify("https://ann.github.io/Odes/") == (Identity("github", "ann/odes"),)
    assert not identify("https://ann.github.io/Odes/")[0].certain
    assert identify("https://Ann.github.io/")[0].certain
