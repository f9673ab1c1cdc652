"""Word files of awards after 公文格式 (GB/T 9704): frozen plain data in, bytes out. No models, no clock, no chance."""

from awards.word.script import ScriptLine, ScriptPaper, ScriptPart, script_docx
from awards.word.tables import ROOM, WordColumn, WordGroup, WordPaper, table_docx

__all__ = [
    "ROOM",
    "ScriptLine",
    "ScriptPaper",
    "ScriptPart",
    "WordColumn",
    "WordGroup",
    "WordPaper",
    "script_docx",
    "table_docx",
]
