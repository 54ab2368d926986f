"""What can be wrong with a widget for somebody who reads, listens, or has no mouse."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QTabBar,
    QToolButton,
    QWidget,
)

from photoclust.ui.views.labels import ShortLabel

HOLDERS = {
    QAccessible.Role.Window, QAccessible.Role.Client, QAccessible.Role.Pane, QAccessible.Role.Dialog, QAccessible.Role.Grouping,
}  # fmt: skip


def shown(root: QWidget) -> Iterator[QWidget]:
    """The widget and all that can be seen in it."""
    yield root
    for child in root.findChildren(QWidget):
        if child.isVisibleTo(root) and child.window() is root.window() and child.width() > 0:
            yield child


def cut_off(root: QWidget) -> list[str]:
    """Texts for which their widget is too small; where a widget may shorten its text, that is no fault."""
    return [f"{type(w).__name__} “{told}”" for w in shown(root) for told in _cut(w)]


def _cut(widget: QWidget) -> Iterator[str]:
    match widget:
        case ShortLabel():
            pass
        case QLabel() if widget.text() and widget.sizePolicy().horizontalPolicy() != QSizePolicy.Policy.Ignored:
            tall = widget.heightForWidth(widget.width()) if widget.wordWrap() else widget.sizeHint().height()
            wide = 0 if widget.wordWrap() else widget.sizeHint().width()
            if wide > widget.width() or tall > widget.height():
                yield widget.text()
        case QToolButton() if widget.text() and widget.toolButtonStyle() != Qt.ToolButtonStyle.ToolButtonIconOnly:
            if widget.sizeHint().width() > widget.width():
                yield widget.text()
        case QPushButton() | QCheckBox() | QRadioButton() if widget.text():
            if widget.sizeHint().width() > widget.width():
                yield widget.text()
        case QComboBox():
            if widget.minimumSizeHint().width() > widget.width():
                yield widget.currentText()
        case QLineEdit() if widget.placeholderText():
            margins = widget.textMargins()
            room = widget.contentsRect().width() - margins.left() - margins.right() - 2 * 6
            if widget.fontMetrics().horizontalAdvance(widget.placeholderText()) > room:
                yield widget.placeholderText()
        case QTabBar():
            yield from (widget.tabText(i) for i in range(widget.count()) if widget.tabRect(i).right() > widget.width())
        case QHeaderView() if widget.orientation() == Qt.Orientation.Horizontal and widget.model() is not None:
            for at in range(widget.count()):
                text = str(widget.model().headerData(at, Qt.Orientation.Horizontal) or "")
                if text and not widget.isSectionHidden(at) and widget.sectionSize(at) < widget.sectionSizeHint(at):
                    yield text


def nameless(root: QWidget) -> list[str]:
    """What can have the focus, or be clicked, and would be read out without a name."""
    return [_called(w) for w in shown(root) if _takes_part(w) and not _name(w)]


def _takes_part(widget: QWidget) -> bool:
    if isinstance(widget.parent(), (QComboBox, QHeaderView)) or widget.objectName().startswith("qt_"):
        return False
    parent = widget.parent()
    if isinstance(parent, QAbstractScrollArea) and parent.viewport() is widget:
        return False
    if isinstance(widget, QAbstractButton | QAbstractItemView | QLineEdit | QComboBox):
        return not isinstance(widget, QHeaderView)
    interface = QAccessible.queryAccessibleInterface(widget)
    focusable = widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    return focusable and not (interface and interface.role() in HOLDERS and widget.isWindow())


def _name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() if interface else widget.accessibleName()


def _called(widget: QWidget) -> str:
    names = []
    while widget is not None and not widget.isWindow():
        names.append(f"{type(widget).__name__}{' ' + widget.objectName() if widget.objectName() else ''}")
        widget = widget.parentWidget()
    return " in ".join([*names[:3], type(widget).__name__])
