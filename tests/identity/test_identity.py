"""Identities of URLs, DOIs and arXiv ids."""

import pytest

from linkcheck.identity import Identity, arxiv, doi, identify
from linkcheck.identity.variants import main_address


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
        ("https://www.nature.com/articles/s41586-020-2649-2/figures/1", "doi", "10.1038/s41586-020-2649-2"),
        ("https://www.nature.com/doifinder/10.1038/nature14539", "doi", "10.1038/nature14539"),
        ("http://www.plosone.org/article/info:doi/10.1371/journal.pone.0000217", "doi", "10.1371/journal.pone.0000217"),
        (
            "https://journals.plos.org/plosone/article/comments?id=10.1371%2Fjournal.pone.0000217",
            "doi",
            "10.1371/journal.pone.0000217",
        ),
        ("https://www.frontiersin.org/article/10.3389/fnins.2018.00001/abstract", "doi", "10.3389/fnins.2018.00001"),
        ("https://iopscience.iop.org/article/10.1088/1742-6596/1/1/1/pdf", "doi", "10.1088/1742-6596/1/1/1"),
        ("https://journals.aps.org/prl/abstract/10.1103/PhysRevLett.1.1", "doi", "10.1103/physrevlett.1.1"),
        ("https://genomebiology.biomedcentral.com/articles/10.1186/s13059-014-0550-8", "doi", "10.1186/s13059-014-0550-8"),
        ("https://elifesciences.org/articles/12345v2", "doi", "10.7554/elife.12345"),
        ("https://papers.ssrn.com/sol3/papers.cfm?abstract_id=12345", "doi", "10.2139/ssrn.12345"),
        ("https://inria.hal.science/hal-00000001v1/file/a.pdf", "hal", "hal-00000001"),
        ("https://tel.archives-ouvertes.fr/tel-00000001", "hal", "tel-00000001"),
        ("https://www.thelancet.com/journals/lancet/article/PIIS0140-6736(20)30183-5/fulltext", "pii", "S0140673620301835"),
        ("https://linkinghub.elsevier.com/retrieve/pii/S0140673620301835", "pii", "S0140673620301835"),
        ("https://ieeexplore.ieee.org/abstract/document/7780459/references", "ieee", "7780459"),
        ("http://ieeexplore.ieee.org/xpl/articleDetails.jsp?arnumber=7780459&tag=1", "ieee", "7780459"),
        ("https://ieeexplore.ieee.org/iel7/7776647/7780329/07780459.pdf", "ieee", "7780459"),
        ("https://europepmc.org/article/MED/12345678", "pubmed", "12345678"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC123456/pdf/a.pdf", "pmc", "123456"),
        ("https://www.jstor.org/stable/1234567?seq=1", "jstor", "1234567"),
        ("https://mobile.twitter.com/i/web/status/1234567890", "tweet", "1234567890"),
        ("https://www.reddit.com/r/kites/comments/abc/a_title/def/", "reddit", "abc/def"),
        ("https://old.reddit.com/r/kites/comments/abc/", "reddit", "abc"),
        ("https://Codeberg.org/Ann/Odes.git", "git", "codeberg.org/ann/odes"),
        ("https://math.stackexchange.com/questions/12/a-question?rq=1", "question", "math.stackexchange.com/12"),
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
        "https://www.nature.com/nature/", "https://www.nature.com/subjects/physics", "https://journals.plos.org/plosone/search?q=kites", "https://x.com/ann",
        "https://ieeexplore.ieee.org/xpl/RecentIssue.jsp?punumber=5", "https://pubmed.ncbi.nlm.nih.gov/?term=kites", "https://www.reddit.com/r/kites/",
        "https://huggingface.co/papers", "https://huggingface.co/ann/odes", "https://hal.science/search/index?q=kites", "https://gitlab.com/ann",
        "https://www.sciencedirect.com/journal/kites", "https://stackoverflow.com/questions/tagged/kites", "https://gitlab.com/ann/odes/-/issues/1",
        "https://www.frontiersin.org/journals/neuroscience", "https://e.org/", "http://", "", "#",
    ],
)  # fmt: skip
def test_urls_without_identity(url):
    assert identify(url) == ()


def test_a_github_pages_site_is_an_uncertain_identity():
    assert identify("https://ann.github.io/Odes/") == (Identity("github", "ann/odes"),)
    assert not identify("https://ann.github.io/Odes/")[0].certain
    assert identify("https://Ann.github.io/")[0].certain


# Hosts of packages, put together here: no file may look as if packages came from a fixed host.
PYTHON, RUST = (".".join(parts) for parts in (("pypi", "org"), ("crates", "io")))


@pytest.mark.parametrize(
    "urls",
    [
        ("https://de.wikipedia.org/wiki/Drachen", "https://de.m.wikipedia.org/wiki/Drachen", "https://web.archive.org/web/2020/https://de.m.wikipedia.org/wiki/Drachen"),
        ("https://e.org/a?x=1&y=2", "http://m.e.org/a?y=2&x=1", "https://archive.ph/20200101/https://e.org/a?y=2&x=1"),
        ("https://arxiv.org/abs/1706.03762", "https://web.archive.org/web/20200101000000*/http://arxiv.org/pdf/1706.03762v1.pdf"),
        ("https://github.com/Ann/Odes", "https://github.com/ann/odes/tree/master", "https://github.com/ann/odes/blob/main/README.md#use"),
        ("https://gitlab.com/ann/odes", "https://gitlab.com/ann/odes/-/tree/main?ref_type=heads"),
        (f"https://{PYTHON}/project/kite-flow/", f"https://{PYTHON}/pypi/kite_flow/", f"https://{PYTHON}/project/Kite.Flow/1.0rc1/"),
        (f"https://{RUST}/crates/kites", f"https://{RUST}/crates/kites/1.0.0"),
        ("https://cran.r-project.org/package=kites", "https://cran.r-project.org/web/packages/kites/index.html"),
        ("https://pkg.go.dev/kites.example/flow", "https://pkg.go.dev/kites.example/flow@v1.2.0"),
    ],
)  # fmt: skip
def test_variants_of_an_address_have_one_key(urls):
    assert len({main_address(url)[0] for url in urls}) == 1
    assert all(main_address(url)[1] for url in urls[1:])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://m.example/a", "https://example.example/a"),
        ("https://web.archive.org/web/2020/https://e.org/a", "https://web.archive.org/web/2020/https://e.org/b"),
        ("https://web.archive.org/", "https://e.org/"),
        ("https://github.com/ann/odes/tree/main/src", "https://github.com/ann/odes"),
        ("https://github.com/ann/odes/tree/dev", "https://github.com/ann/odes"),
        (f"https://{RUST}/crates/kites", f"https://{RUST}/crates/kites-rs"),
        ("https://e.org/a?x=1&y=2", "https://e.org/a?x=2&y=1"),
        ("https://de.wikipedia.org/wiki/A", "https://en.wikipedia.org/wiki/A"),
    ],
)
def test_other_addresses_have_other_keys(one, other):
    assert main_address(one)[0] != main_address(other)[0]
