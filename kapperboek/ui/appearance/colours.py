"""The colours by name, light and dark; without Qt, for the first frame is painted before the theme is loaded."""

LIGHT = {
    "paper": "#FAF6EF", "card": "#FFFFFF", "line": "#E8E0D3", "ink": "#20262B", "soft": "#62625E",
    "faint": "#A09A90", "hint": "#6F6A62", "edge": "#8A8378", "note_hint": "#806925", "note_edge": "#9C7F2A",
    "petrol": "#1E5161", "petrol_hover": "#2A6376", "petrol_tint": "#E4EEF0", "on_petrol": "#FFFFFF",
    "coral": "#A93F2A", "coral_tint": "#FBEAE5", "on_coral": "#FFFFFF",
    "note": "#FFF4CF", "note_line": "#EBD48A", "note_ink": "#6B5412", "note_soft": "#7A6322",
    "plum": "#85417A", "plum_tint": "#F5E9F3", "green": "#2F6A41", "green_tint": "#E6F2E8",
    "hover": "#F4EEE3", "scrim": "#59514440", "mark": "#FFF4CF",
}
DARK = {
    "paper": "#191C1E", "card": "#222629", "line": "#3B4246", "ink": "#ECE8E1", "soft": "#ABA9A3",
    "faint": "#807F79", "hint": "#96948D", "edge": "#72797E", "note_hint": "#B3A36C", "note_edge": "#97873F",
    "petrol": "#7FBBCB", "petrol_hover": "#97CCDA", "petrol_tint": "#233940", "on_petrol": "#14181A",
    "coral": "#F29B87", "coral_tint": "#40281F", "on_coral": "#20262B",
    "note": "#3A3218", "note_line": "#5E5226", "note_ink": "#F2DF9F", "note_soft": "#CDBB80",
    "plum": "#D69CCB", "plum_tint": "#3A2637", "green": "#8DCB9F", "green_tint": "#20362A",
    "hover": "#2B3033", "scrim": "#000000A0", "mark": "#5E5226",
}
