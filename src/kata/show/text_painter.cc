// SPDX-License-Identifier: Apache-2.0
#include "kata/show/text_painter.h"

#include <ft2build.h>
#include FT_FREETYPE_H

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <opencv2/imgproc.hpp>
#include <utility>

namespace kata {
namespace {

constexpr std::array<const char*, 9> kFonts = {
    "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf",
    "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans-Bold.ttf",
    "/usr/share/fonts/TTF/DejaVuSans-Bold.ttf",
    "/usr/share/fonts/truetype/noto/NotoSans-Bold.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf",
    "/usr/share/fonts/truetype/freefont/FreeSansBold.ttf",
    "/System/Library/Fonts/Supplemental/Arial Bold.ttf",
    "/Library/Fonts/Arial Bold.ttf",
    "C:/Windows/Fonts/arialbd.ttf",
};
constexpr std::string_view kEllipsis = "…";
constexpr std::size_t kMaxCachedGlyphs = 4096;

/// The next character of UTF-8 text; what is no UTF-8 counts as one character a byte.
char32_t take_character(std::string_view& text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
  char32_t character = first;
  if (length > 1 && text.size() >= length) {
    character = first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) character = (character << 6) | (byte(i) & 0x3FU);
    text.remove_prefix(length);
  } else {
    text.remove_prefix(1);
  }
  return character < 0x20 ? U' ' : character;
}

/// What the drawing library's own strokes can write.
std::string latin(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const char32_t character = take_character(text);
    result += character < 0x7F ? static_cast<char>(character) : (character == U'…' ? '.' : '?');
  }
  return result;
}

struct Glyph {
  cv::Mat mask;
  int left = 0;
  int top = 0;      ///< above the baseline
  int advance = 0;  ///< 1/64 px
};

}  // namespace

struct TextPainter::Impl {
  FT_Library library = nullptr;
  FT_Face face = nullptr;
  int current_size = 0;
  std::map<std::pair<char32_t, int>, Glyph> glyphs;

  void open_font();
  const Glyph& glyph(char32_t character, int size);
  /// Calls visit(glyph, x) for every character, x in px from the start; gives the whole advance.
  template <typename Visit>
  int lay_out(std::string_view text, int size, Visit visit);
};

void TextPainter::Impl::open_font() {
  if (FT_Init_FreeType(&library) != 0) {
    library = nullptr;
    return;
  }
  const char* chosen = std::getenv("KATA_FONT");
  if (chosen != nullptr && FT_New_Face(library, chosen, 0, &face) == 0) return;
  for (const char* font : kFonts) {
    if (FT_New_Face(library, font, 0, &face) == 0) return;
  }
  face = nullptr;
}

const Glyph& TextPainter::Impl::glyph(char32_t character, int size) {
  const auto found = glyphs.find({character, size});
  if (found != glyphs.end()) return found->second;
  if (glyphs.size() > kMaxCachedGlyphs) glyphs.clear();
  if (size != current_size) {
    FT_Set_Pixel_Sizes(face, 0, static_cast<FT_UInt>(size));
    current_size = size;
  }
  Glyph made;
  if (FT_Load_Char(face, character, FT_LOAD_RENDER | FT_LOAD_TARGET_LIGHT) == 0) {
    const FT_GlyphSlot slot = face->glyph;
    const FT_Bitmap& bitmap = slot->bitmap;
    if (bitmap.width > 0 && bitmap.pixel_mode == FT_PIXEL_MODE_GRAY) {
      made.mask = cv::Mat(static_cast<int>(bitmap.rows), static_cast<int>(bitmap.width), CV_8U,
                          bitmap.buffer, static_cast<std::size_t>(bitmap.pitch))
                      .clone();
    }
    made.left = slot->bitmap_left;
    made.top = slot->bitmap_top;
    made.advance = static_cast<int>(slot->advance.x);
  }
  return glyphs.emplace(std::pair{character, size}, std::move(made)).first->second;
}

template <typename Visit>
int TextPainter::Impl::lay_out(std::string_view text, int size, Visit visit) {
  int pen = 0;  // 1/64 px
  while (!text.empty()) {
    const Glyph& drawn = glyph(take_character(text), size);
    visit(drawn, (pen + 32) / 64);
    pen += drawn.advance;
  }
  return (pen + 32) / 64;
}

TextPainter::TextPainter() : impl_(std::make_unique<Impl>()) { impl_->open_font(); }

TextPainter::~TextPainter() {
  if (impl_->face != nullptr) FT_Done_Face(impl_->face);
  if (impl_->library != nullptr) FT_Done_FreeType(impl_->library);
}

int TextPainter::width(std::string_view text, int size) {
  if (impl_->face != nullptr) return impl_->lay_out(text, size, [](const Glyph&, int) {});
  return cv::getTextSize(latin(text), cv::FONT_HERSHEY_DUPLEX, size / 30.0, 1, nullptr).width;
}

void TextPainter::draw(cv::Mat& canvas, std::string_view text, int left, int baseline, int size,
                       Colour colour) {
  if (impl_->face == nullptr) {
    cv::putText(canvas, latin(text), {left, baseline}, cv::FONT_HERSHEY_DUPLEX, size / 30.0,
                cv::Scalar(colour.blue, colour.green, colour.red), std::max(1, size / 18),
                cv::LINE_AA);
    return;
  }
  impl_->lay_out(text, size, [&](const Glyph& drawn, int x) {
    if (!drawn.mask.empty()) {
      blend(canvas, drawn.mask, left + x + drawn.left, baseline - drawn.top, colour);
    }
  });
}

std::vector<std::string> TextPainter::wrapped(std::string_view text, int size, int max_width,
                                              int max_lines) {
  std::vector<std::string> lines;
  std::string line;
  const auto shortened = [&](std::string full) {
    while (!full.empty() && width(full + std::string(kEllipsis), size) > max_width) {
      unsigned char last = 0;
      do {  // a whole character, not a byte of one
        last = static_cast<unsigned char>(full.back());
        full.pop_back();
      } while (!full.empty() && (last & 0xC0U) == 0x80U);
    }
    return full + std::string(kEllipsis);
  };
  while (!text.empty()) {
    std::size_t space = text.find(' ');
    if (text.substr(std::min(space, text.size())).starts_with(" %"))
      space = text.find(' ', space + 1);
    const std::string word(text.substr(0, space));
    const std::string longer = line.empty() ? word : line + " " + word;
    if (width(longer, size) <= max_width || line.empty()) {
      line = longer;
    } else if (static_cast<int>(lines.size()) + 1 == max_lines) {
      line = longer;  // too long: shortened below
      break;
    } else {
      lines.push_back(std::exchange(line, word));
    }
    text.remove_prefix(space == std::string_view::npos ? text.size() : space + 1);
  }
  if (!line.empty()) lines.push_back(line);
  for (std::string& each : lines) {
    if (width(each, size) > max_width) each = shortened(each);
  }
  return lines;
}

int TextPainter::fitting_size(std::string_view text, int size, int smallest, int max_width) {
  while (size > smallest && width(text, size) > max_width) --size;
  return size;
}

TextPainter& text_painter() {
  thread_local TextPainter painter;
  return painter;
}

}  // namespace kata
