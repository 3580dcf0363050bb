// SPDX-License-Identifier: Apache-2.0
#include "kata/show/text_painter.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include <raqm.h>

#include <algorithm>
#include <map>
#include <opencv2/imgproc.hpp>
#include <tuple>
#include <utility>

#include "kata/show/characters.h"
#include "kata/show/font_set.h"

namespace kata {
namespace {

constexpr std::string_view kEllipsis = "…";
constexpr std::size_t kMaxCachedGlyphs = 4096;
constexpr std::size_t kMaxCachedLines = 512;
/// From here on letters may join, stand in another order than they are written, or lie on each
/// other: accents that combine, then Hebrew, Arabic, India's scripts and all that follow.
constexpr char32_t kFirstAccent = 0x0300;
constexpr char32_t kLastAccent = 0x036F;
constexpr char32_t kFirstOfOthers = 0x0590;
/// Punctuation and signs of the Latin fonts.
constexpr char32_t kFirstSign = 0x2010;
constexpr char32_t kLastSign = 0x2BFF;

bool is_simple(char32_t c) {
  if (c >= kFirstAccent && c <= kLastAccent) return false;
  return c < kFirstOfOthers || (c >= kFirstSign && c <= kLastSign && !is_ignorable(c));
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
  cv::Mat mask;    ///< 8-bit; empty for a coloured one
  cv::Mat colour;  ///< BGRA, premultiplied
  int left = 0;
  int top = 0;      ///< above the baseline
  int advance = 0;  ///< 1/64 px
};

/// A glyph in its place; 1/64 px from the start, y upwards.
struct Placed {
  FT_Face font = nullptr;
  unsigned index = 0;
  int x = 0;
  int y = 0;
};

struct Line {
  std::vector<Placed> glyphs;
  int advance = 0;  ///< 1/64 px
};

int px(int in_64ths) { return (in_64ths + 32) >> 6; }

/// Fonts of pictures have one size; its glyphs are made smaller or larger.
double set_size(FT_Face font, int size) {
  if (FT_IS_SCALABLE(font)) {
    FT_Set_Pixel_Sizes(font, 0, static_cast<FT_UInt>(size));
    return 1;
  }
  FT_Select_Size(font, 0);
  return size / std::max(1.0, static_cast<double>(font->available_sizes[0].y_ppem) / 64);
}

cv::Mat pixels_of(const FT_Bitmap& bitmap, int type) {
  return cv::Mat(static_cast<int>(bitmap.rows), static_cast<int>(bitmap.width), type, bitmap.buffer,
                 static_cast<std::size_t>(bitmap.pitch))
      .clone();
}

void blend_colours(cv::Mat& canvas, const cv::Mat& colour, int left, int top) {
  const cv::Rect target =
      cv::Rect(left, top, colour.cols, colour.rows) & cv::Rect(0, 0, canvas.cols, canvas.rows);
  for (int y = target.y; y < target.y + target.height; ++y) {
    for (int x = target.x; x < target.x + target.width; ++x) {
      const auto& from = colour.at<cv::Vec4b>(y - top, x - left);
      auto& to = canvas.at<cv::Vec3b>(y, x);
      for (int c = 0; c < 3; ++c)
        to[c] = cv::saturate_cast<std::uint8_t>(from[c] + to[c] * (255 - from[3]) / 255);
    }
  }
}

}  // namespace

struct TextPainter::Impl {
  FontSet fonts;
  std::map<std::tuple<FT_Face, unsigned, int>, Glyph> glyphs;
  std::map<std::pair<std::string, int>, Line> lines;

  const Glyph& glyph(FT_Face font, unsigned index, int size);
  const Line& line(std::string_view text, int size);
  bool is_plain(const std::u32string& text) const {
    return std::ranges::all_of(text,
                               [&](char32_t c) { return is_simple(c) && fonts.first_has(c); });
  }
  Line simple_line(const std::u32string& text, int size);
  Line shaped_line(const std::u32string& text, const std::vector<FontRun>& runs, int size);
};

const Glyph& TextPainter::Impl::glyph(FT_Face font, unsigned index, int size) {
  const std::tuple key{font, index, size};
  const auto found = glyphs.find(key);
  if (found != glyphs.end()) return found->second;
  if (glyphs.size() > kMaxCachedGlyphs) glyphs.clear();
  const double scale = set_size(font, size);
  Glyph made;
  if (FT_Load_Glyph(font, index, FT_LOAD_RENDER | FT_LOAD_COLOR | FT_LOAD_TARGET_LIGHT) == 0) {
    const FT_GlyphSlot slot = font->glyph;
    const FT_Bitmap& bitmap = slot->bitmap;
    if (bitmap.width > 0 && bitmap.pixel_mode == FT_PIXEL_MODE_GRAY)
      made.mask = pixels_of(bitmap, CV_8U);
    if (bitmap.width > 0 && bitmap.pixel_mode == FT_PIXEL_MODE_BGRA)
      cv::resize(pixels_of(bitmap, CV_8UC4), made.colour, {}, scale, scale, cv::INTER_AREA);
    made.left = cvRound(slot->bitmap_left * scale);
    made.top = cvRound(slot->bitmap_top * scale);
    made.advance = cvRound(static_cast<double>(slot->advance.x) * scale);
  }
  return glyphs.emplace(key, std::move(made)).first->second;
}

Line TextPainter::Impl::simple_line(const std::u32string& text, int size) {
  Line line;
  FT_Face font = fonts.first();
  for (const char32_t character : text) {
    const unsigned index = FT_Get_Char_Index(font, character);
    line.glyphs.push_back({font, index, line.advance, 0});
    line.advance += glyph(font, index, size).advance;
  }
  return line;
}

/// As the scripts want it: letters joined, from right to left where they are written so.
Line TextPainter::Impl::shaped_line(const std::u32string& text, const std::vector<FontRun>& runs,
                                    int size) {
  const std::unique_ptr<raqm_t, decltype(&raqm_destroy)> raqm(raqm_create(), raqm_destroy);
  const std::vector<std::uint32_t> letters(text.begin(), text.end());
  bool is_set = raqm && raqm_set_text(raqm.get(), letters.data(), letters.size()) &&
                raqm_set_freetype_load_flags(raqm.get(), FT_LOAD_COLOR | FT_LOAD_TARGET_LIGHT);
  for (const FontRun& run : runs) {
    set_size(run.font, size);
    is_set = is_set && raqm_set_freetype_face_range(raqm.get(), run.font, run.begin, run.count);
  }
  std::size_t count = 0;
  const raqm_glyph_t* placed =
      is_set && raqm_layout(raqm.get()) ? raqm_get_glyphs(raqm.get(), &count) : nullptr;
  Line line;
  for (std::size_t i = 0; placed != nullptr && i < count; ++i) {
    const raqm_glyph_t& each = placed[i];
    const double scale = set_size(each.ftface, size);
    line.glyphs.push_back({each.ftface, each.index, line.advance + cvRound(each.x_offset * scale),
                           cvRound(each.y_offset * scale)});
    line.advance += cvRound(each.x_advance * scale);
  }
  return line;
}

const Line& TextPainter::Impl::line(std::string_view text, int size) {
  const std::pair key{std::string(text), size};
  const auto found = lines.find(key);
  if (found != lines.end()) return found->second;
  if (lines.size() > kMaxCachedLines) lines.clear();
  std::u32string characters = characters_of(text);
  Line made;
  if (is_plain(characters)) {
    made = simple_line(characters, size);
  } else {
    const std::vector<FontRun> runs = fonts.runs_of(characters);  // may put "?" for letters
    made =
        is_plain(characters) ? simple_line(characters, size) : shaped_line(characters, runs, size);
  }
  return lines.emplace(key, std::move(made)).first->second;
}

TextPainter::TextPainter() : impl_(std::make_unique<Impl>()) {}

TextPainter::~TextPainter() = default;

std::optional<std::string> TextPainter::take_warning() { return impl_->fonts.take_warning(); }

int TextPainter::width(std::string_view text, int size) {
  if (impl_->fonts.first() != nullptr) return px(impl_->line(text, size).advance);
  return cv::getTextSize(latin(text), cv::FONT_HERSHEY_DUPLEX, size / 30.0, 1, nullptr).width;
}

void TextPainter::draw(cv::Mat& canvas, std::string_view text, int left, int baseline, int size,
                       Colour colour) {
  if (impl_->fonts.first() == nullptr) {
    cv::putText(canvas, latin(text), {left, baseline}, cv::FONT_HERSHEY_DUPLEX, size / 30.0,
                cv::Scalar(colour.blue, colour.green, colour.red), std::max(1, size / 18),
                cv::LINE_AA);
    return;
  }
  for (const Placed& each : impl_->line(text, size).glyphs) {
    const Glyph& drawn = impl_->glyph(each.font, each.index, size);
    const int x = left + px(each.x) + drawn.left;
    const int y = baseline - px(each.y) - drawn.top;
    if (!drawn.mask.empty()) blend(canvas, drawn.mask, x, y, colour);
    if (!drawn.colour.empty()) blend_colours(canvas, drawn.colour, x, y);
  }
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
