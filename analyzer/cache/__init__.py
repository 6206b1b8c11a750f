"""What was read before, kept between runs: answers by the content that they were given for, never by a file's date."""

from analyzer.cache.codec import Codec, Unreadable, codec
from analyzer.cache.live import LiveMemo
from analyzer.cache.memo import Memo
from analyzer.cache.store import Blobs, Shelf, Store, usual_folder

__all__ = ["Blobs", "Codec", "LiveMemo", "Memo", "Shelf", "Store", "Unreadable", "codec", "usual_folder"]
