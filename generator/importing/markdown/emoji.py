"""GitHub's short names of emoji, as far as lists use them: a page that says `:star:` means the star."""

from __future__ import annotations

import re

__all__ = ["with_emoji"]

_NAME = re.compile(r":[a-z0-9_+-]{1,40}:")
_EMOJI = {
    "star": "⭐", "star2": "🌟", "fire": "🔥", "sparkles": "✨", "rocket": "🚀", "tada": "🎉", "heart": "❤", "boom": "💥",
    "white_check_mark": "✅", "heavy_check_mark": "✔", "ballot_box_with_check": "☑", "x": "❌", "warning": "⚠", "no_entry": "⛔",
    "heavy_plus_sign": "➕", "new": "🆕", "top": "🔝", "arrow_up": "⬆", "arrow_right": "➡", "link": "🔗", "lock": "🔒", "key": "🔑",
    "book": "📖", "books": "📚", "closed_book": "📕", "green_book": "📗", "blue_book": "📘", "orange_book": "📙", "notebook": "📓",
    "page_facing_up": "📄", "page_with_curl": "📃", "memo": "📝", "pencil": "📝", "pencil2": "✏", "newspaper": "📰", "scroll": "📜",
    "bookmark": "🔖", "bookmark_tabs": "📑", "clipboard": "📋", "pushpin": "📌", "card_file_box": "🗃", "card_index": "📇",
    "file_folder": "📁", "round_pushpin": "📍", "paperclip": "📎",
    "computer": "💻", "desktop_computer": "🖥", "floppy_disk": "💾", "cd": "💿", "gear": "⚙", "wrench": "🔧", "hammer": "🔨",
    "hammer_and_wrench": "🛠", "tools": "🛠", "package": "📦", "toolbox": "🧰", "test_tube": "🧪", "microscope": "🔬", "bulb": "💡",
    "brain": "🧠", "robot": "🤖", "dart": "🎯", "chart_with_upwards_trend": "📈", "bar_chart": "📊", "mag": "🔍", "mag_right": "🔎",
    "movie_camera": "🎥", "video_camera": "📹", "tv": "📺", "clapper": "🎬", "film_strip": "🎞", "camera": "📷", "headphones": "🎧",
    "microphone": "🎤", "studio_microphone": "🎙", "musical_note": "🎵", "art": "🎨", "mortar_board": "🎓", "school": "🏫",
    "man_teacher": "👨‍🏫", "busts_in_silhouette": "👥", "bust_in_silhouette": "👤", "speech_balloon": "💬", "loudspeaker": "📢",
    "mega": "📣", "bell": "🔔", "email": "📧", "calendar": "📅", "date": "📅", "clock1": "🕐", "hourglass": "⌛", "globe_with_meridians": "🌐",
    "earth_africa": "🌍", "earth_americas": "🌎", "earth_asia": "🌏", "world_map": "🗺", "house": "🏠", "moneybag": "💰", "dollar": "💵",
    "gift": "🎁", "trophy": "🏆", "1st_place_medal": "🥇", "2nd_place_medal": "🥈", "3rd_place_medal": "🥉", "medal_sports": "🏅",
    "+1": "👍", "thumbsup": "👍", "-1": "👎", "clap": "👏", "ok_hand": "👌", "eyes": "👀", "point_right": "👉", "raised_hands": "🙌",
    "smile": "😄", "smiley": "😃", "sunglasses": "😎", "thinking": "🤔", "skull": "💀", "ghost": "👻", "crown": "👑", "gem": "💎",
    "zap": "⚡", "bug": "🐛", "snake": "🐍", "crab": "🦀", "penguin": "🐧", "apple": "🍎", "coffee": "☕", "beer": "🍺", "seedling": "🌱",
    "construction": "🚧", "recycle": "♻", "shield": "🛡", "red_circle": "🔴", "green_circle": "🟢", "yellow_circle": "🟡",
    "orange_circle": "🟠", "large_blue_circle": "🔵", "white_circle": "⚪", "black_circle": "⚫", "small_orange_diamond": "🔸",
    "large_orange_diamond": "🔶", "small_blue_diamond": "🔹", "large_blue_diamond": "🔷", "us": "🇺🇸", "cn": "🇨🇳", "gb": "🇬🇧",
    "uk": "🇬🇧", "fr": "🇫🇷", "de": "🇩🇪", "es": "🇪🇸", "it": "🇮🇹", "jp": "🇯🇵", "kr": "🇰🇷", "ru": "🇷🇺", "octocat": "🐙", "game_die": "🎲",
}  # fmt: skip


def with_emoji(text: str) -> str:
    """A text with the short names it holds drawn; unknown ones stay as they are."""
    if ":" not in text:
        return text
    return _NAME.sub(lambda name: _EMOJI.get(name[0][1:-1], name[0]), text)
