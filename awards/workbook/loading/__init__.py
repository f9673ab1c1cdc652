"""A checked workbook becomes rows, through the same services as everything else, in one transaction."""

from awards.workbook.loading.workbook import Loaded, load_workbook

__all__ = ["Loaded", "load_workbook"]
