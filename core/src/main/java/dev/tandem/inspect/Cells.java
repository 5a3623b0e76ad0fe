package dev.tandem.inspect;

/** How wide text is on a terminal, where some characters take two cells and some take none. */
final class Cells {

  /** From, to: what East Asian scripts and pictures take (Unicode's annex 11), roughly. */
  private static final int[] WIDE = {
    0x1100, 0x115F, 0x2E80, 0x303E, 0x3041, 0xA4CF, 0xA960, 0xA97F, 0xAC00, 0xD7A3, 0xF900, 0xFAFF,
    0xFE30, 0xFE6F, 0xFF00, 0xFF60, 0xFFE0, 0xFFE6, 0x1F300, 0x1F64F, 0x1F680, 0x1F6FF, 0x1F900,
    0x1F9FF, 0x20000, 0x3FFFD
  };

  private Cells() {}

  static int width(String text) {
    return text.codePoints().map(Cells::width).sum();
  }

  /** {@code text}, and blanks up to so many cells. */
  static String padded(String text, int cells) {
    return text + " ".repeat(Math.max(0, cells - width(text)));
  }

  /** The end of {@code text} that fits into so many cells. */
  static String end(String text, int cells) {
    int from = text.length();
    int taken = 0;
    while (from > 0) {
      int point = text.codePointBefore(from);
      taken += width(point);
      if (taken > cells) {
        break;
      }
      from -= Character.charCount(point);
    }
    return text.substring(from);
  }

  private static int width(int point) {
    int type = Character.getType(point);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    for (int i = 0; i < WIDE.length && point >= WIDE[i]; i += 2) {
      if (point <= WIDE[i + 1]) {
        return 2;
      }
    }
    return 1;
  }
}
