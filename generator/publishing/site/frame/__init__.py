"""What every page has: head, header, footer, the links to the repository, and the collection's own colours and logo."""

from generator.publishing.site.frame.face import FACE, face_css
from generator.publishing.site.frame.forge import file_url
from generator.publishing.site.frame.layout import Shell, shell, words_script

__all__ = ["FACE", "Shell", "face_css", "file_url", "shell", "words_script"]
