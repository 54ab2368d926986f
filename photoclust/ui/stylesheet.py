"""The style sheet: flat, rounded, quiet. A widget asks for a variant with the dynamic property `kind`.

Push buttons: `primary`, `danger`, `flat`. Labels: `title`, `heading`, `muted`, `problem`. Frames: `card`,
  `bar`, `notice`.
"""

from __future__ import annotations

from photoclust.ui.colors import DARK, Colors
from photoclust.ui.resources import resource


def style_sheet(c: Colors) -> str:
    """The whole window's style sheet in these colours."""
    scheme = "dark" if c is DARK else "light"
    check, partly, down = (f'url("{resource(f"marks/{name}-{scheme}.svg").as_posix()}")' for name in ("check", "partly", "down"))
    return f"""
QToolTip {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.border}; padding: 4px 6px; }}
QLabel {{ background: transparent; }}
QLabel[kind="title"] {{ font-size: 17pt; font-weight: 600; }}
QLabel[kind="heading"] {{ font-size: 12pt; font-weight: 600; }}
QLabel[kind="muted"] {{ color: {c.muted}; }}
QLabel[kind="problem"] {{ color: {c.danger}; }}
QFrame[kind="card"] {{ background: {c.base}; border: 1px solid {c.border}; border-radius: 8px; }}
QFrame[kind="notice"] {{ background: {c.accent_soft}; border: none; border-bottom: 1px solid {c.border}; }}
QFrame[kind="bar"] {{ background: {c.window}; border: none; }}

QPushButton {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.border}; border-radius: 7px;
  padding: 6px 14px; min-height: 18px; }}
QPushButton:hover {{ background: {c.hover}; }}
QPushButton:pressed, QPushButton:checked {{ background: {c.pressed}; }}
QPushButton:focus {{ border: 2px solid {c.accent}; padding: 5px 13px; }}
QPushButton:disabled {{ color: {c.faint}; background: {c.window}; }}
QPushButton[kind="primary"], QPushButton:default {{ background: {c.accent}; color: {c.on_accent};
  border: 1px solid {c.accent}; }}
QPushButton[kind="primary"] {{ font-weight: 600; }}
QPushButton[kind="primary"]:focus, QPushButton:default:focus {{ border: 2px solid {c.text}; }}
QPushButton[kind="primary"]:hover, QPushButton:default:hover {{ background: {c.accent_hover};
  border-color: {c.accent_hover}; }}
QPushButton[kind="primary"]:disabled, QPushButton:default:disabled {{ background: {c.pressed};
  border-color: {c.pressed};
  color: {c.faint}; }}
QPushButton[kind="danger"] {{ color: {c.danger}; }}
QPushButton[kind="flat"] {{ background: transparent; border-color: transparent; }}
QPushButton[kind="flat"]:hover {{ background: {c.hover}; }}

QPushButton[kind="toggle"]:checked {{ background: {c.accent_soft}; color: {c.accent}; border-color: {c.accent}; }}
QPushButton::menu-indicator {{ image: {down}; width: 12px; height: 12px; subcontrol-position: right center; right: 6px; }}
QPushButton[kind="chip"] {{ background: {c.accent_soft}; border: 1px solid transparent; border-radius: 14px;
  padding: 4px 12px; }}
QPushButton[kind="chip"]:hover {{ background: {c.hover}; }}
QPushButton[kind="chip"]:focus {{ border-color: {c.accent}; }}

QToolButton {{ background: transparent; color: {c.text}; border: 1px solid transparent; border-radius: 7px;
  padding: 5px; }}
QToolButton:hover {{ background: {c.hover}; }}
QToolButton:pressed {{ background: {c.pressed}; }}
QToolButton:checked {{ background: {c.accent_soft}; color: {c.accent}; }}
QToolButton:focus {{ border: 2px solid {c.accent}; padding: 4px; }}
QToolButton:disabled {{ color: {c.faint}; }}
QToolButton[popupMode="2"] {{ padding-right: 16px; }}
QToolButton[popupMode="2"]:focus {{ padding-right: 15px; }}
QToolButton::menu-indicator {{ image: {down}; width: 12px; height: 12px; subcontrol-position: right center;
  subcontrol-origin: padding; right: 2px; }}
QToolBar {{ background: {c.window}; border: none; border-bottom: 1px solid {c.border}; padding: 4px 8px;
  spacing: 4px; }}
QToolBar::separator {{ background: {c.border}; width: 1px; margin: 6px 6px; }}

QLineEdit, QComboBox, QSpinBox, QPlainTextEdit, QTextEdit {{ background: {c.base}; color: {c.text};
  border: 1px solid {c.border}; border-radius: 7px; padding: 5px 8px; min-height: 18px;
  selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QPlainTextEdit:focus, QTextEdit:focus {{
  border-color: {c.accent}; }}
QLineEdit:disabled, QComboBox:disabled {{ color: {c.faint}; background: {c.window}; }}
QAbstractItemView QLineEdit {{ border-radius: 4px; padding: 0 4px; min-height: 0; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QComboBox::down-arrow {{ image: {down}; width: 16px; height: 16px; }}
QCheckBox, QRadioButton {{ spacing: 8px; background: transparent; }}
QCheckBox::indicator, QListView::indicator, QTreeView::indicator, QRadioButton::indicator {{ width: 16px;
  height: 16px;
  background: {c.base}; border: 1px solid {c.muted}; border-radius: 5px; }}
QRadioButton::indicator {{ border-radius: 9px; }}
QCheckBox::indicator:hover, QListView::indicator:hover, QRadioButton::indicator:hover {{
  border-color: {c.accent}; }}
QCheckBox::indicator:checked, QListView::indicator:checked, QTreeView::indicator:checked {{
  background: {c.accent};
  border-color: {c.accent}; image: {check}; }}
QCheckBox::indicator:indeterminate {{ background: {c.accent}; border-color: {c.accent}; image: {partly}; }}
QRadioButton::indicator:checked {{ border-color: {c.accent}; background: qradialgradient(cx: 0.5, cy: 0.5,
  radius: 0.5,
  fx: 0.5, fy: 0.5, stop: 0 {c.on_accent}, stop: 0.38 {c.on_accent}, stop: 0.46 {c.accent},
  stop: 1 {c.accent}); }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {c.faint}; }}
QCheckBox:focus, QRadioButton:focus {{ color: {c.accent}; }}
QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ border: 3px solid {c.accent}; width: 12px; height: 12px; }}

QListView, QTreeView, QTableView {{ background: {c.base}; color: {c.text}; border: none; outline: none;
  alternate-background-color: {c.window}; selection-background-color: {c.accent_soft};
  selection-color: {c.text}; }}
QListView[kind="card"], QTreeView[kind="card"], QTableView[kind="card"] {{ border: 1px solid {c.border};
  border-radius: 8px; }}
QListView[kind="popup"] {{ background: {c.raised}; border: 1px solid {c.border}; padding: 2px 4px; }}
QListView[kind="popup"]::item {{ padding: 5px 6px; border-radius: 5px; }}
QListView[kind="popup"]::item:selected, QListView[kind="popup"]::item:hover {{ background: {c.accent_soft}; color: {c.text}; }}
QTreeView::item, QTableView::item {{ padding: 4px 6px; }}
QGraphicsView {{ background: {c.window}; border: none; }}
QHeaderView {{ background: transparent; }}
QHeaderView::section {{ background: {c.base}; color: {c.muted}; border: none;
  border-bottom: 1px solid {c.border};
  padding: 6px 8px; }}

QMenuBar {{ background: {c.window}; color: {c.text}; padding: 2px 6px; }}
QMenuBar::item {{ background: transparent; padding: 5px 9px; border-radius: 6px; }}
QMenuBar::item:selected {{ background: {c.hover}; }}
QMenu {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.border}; padding: 5px; }}
QMenu::item {{ padding: 6px 26px 6px 10px; border-radius: 5px; margin: 1px 0; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::item:selected {{ background: {c.accent_soft}; }}
QMenu::item:disabled {{ color: {c.faint}; }}
QMenu::separator {{ height: 1px; background: {c.border}; margin: 5px 8px; }}

QScrollBar:vertical {{ background: transparent; width: 11px; margin: 0; border: none; }}
QScrollBar:horizontal {{ background: transparent; height: 11px; margin: 0; border: none; }}
QScrollBar::handle {{ background: {c.faint}; border-radius: 3px; margin: 2px 4px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; margin: 4px 2px; }}
QScrollBar::handle:hover {{ background: {c.muted}; margin: 2px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: none; background: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}

QSplitter::handle {{ background: {c.border}; }}
QSplitter::handle:horizontal {{ width: 1px; }}
QSplitter::handle:vertical {{ height: 1px; }}
QStatusBar {{ background: {c.window}; color: {c.muted}; border-top: 1px solid {c.border}; }}
QStatusBar::item {{ border: none; }}

QProgressBar {{ background: {c.pressed}; border: none; border-radius: 3px; min-height: 6px; max-height: 6px;
  color: transparent; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}
QSlider:horizontal {{ min-height: 20px; }}
QSlider::groove:horizontal {{ background: {c.pressed}; height: 4px; border-radius: 2px; }}
QSlider::sub-page:horizontal {{ background: {c.accent}; height: 4px; border-radius: 2px; }}
QSlider::handle:horizontal {{ background: {c.raised}; border: 1px solid {c.muted}; width: 14px;
  height: 14px; margin: -6px 0;
  border-radius: 8px; }}
QSlider::handle:horizontal:hover {{ border-color: {c.accent}; }}
QSlider::handle:horizontal:focus {{ border: 3px solid {c.text}; width: 12px; height: 12px; margin: -7px 0; }}
QTabBar::tab {{ background: transparent; color: {c.muted}; padding: 6px 12px; border: none;
  border-bottom: 2px solid transparent; }}
QTabBar::tab:selected {{ color: {c.text}; border-bottom-color: {c.accent}; }}
QTabBar::tab:hover {{ color: {c.text}; }}
QTabBar::tab:focus {{ color: {c.accent}; text-decoration: underline; }}
QTabWidget::pane {{ border: none; }}
QDialog {{ background: {c.window}; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; button-layout: 3; }}
"""
