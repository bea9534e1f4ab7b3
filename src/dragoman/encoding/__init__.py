"""Sentences of any language as vectors that are near where the meaning is. Offline; nothing is fetched.

`load()` gives an encoder, `encode_cached` the vectors of texts, through a cache that is handed in (a Record is one).
"""

from dragoman.encoding.encoder import Cache, Encoder, Vectors, encode_cached, hash_text, load

__all__ = ["Cache", "Encoder", "Vectors", "encode_cached", "hash_text", "load"]
