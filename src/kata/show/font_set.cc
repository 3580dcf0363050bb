// SPDX-License-Identifier: Apache-2.0
#include "kata/show/font_set.h"

#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include FT_FREETYPE_H

#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>
#include <utility>

#include "kata/show/characters.h"

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
constexpr char32_t kPlaceholder = U'?';
constexpr std::size_t kMostNamedLetters = 12;

struct Range {
  char32_t first;
  char32_t last;
};
/// Han, kana, bopomofo, hangul and what is written with them.
constexpr std::array<Range, 8> kEastAsian = {{{0x1100, 0x11FF},
                                              {0x2E80, 0x4DBF},
                                              {0x4E00, 0x9FFF},
                                              {0xA960, 0xA97F},
                                              {0xAC00, 0xD7FF},
                                              {0xF900, 0xFAFF},
                                              {0xFE30, 0xFFEF},
                                              {0x20000, 0x3FFFF}}};
constexpr std::array<Range, 2> kPictures = {{{0x2600, 0x27BF}, {0x1F000, 0x1FAFF}}};

bool is_in(const auto& ranges, char32_t character) {
  return std::ranges::any_of(ranges, [&](const Range& range) {
    return character >= range.first && character <= range.last;
  });
}

/// The Debian package whose fonts have it.
const char* package_of(char32_t character) {
  if (is_in(kEastAsian, character)) return "fonts-noto-cjk";
  return is_in(kPictures, character) ? "fonts-noto-color-emoji" : "fonts-noto-core";
}

struct FreeConfig {
  void operator()(FcConfig* config) const { FcConfigDestroy(config); }
};
struct FreePattern {
  void operator()(FcPattern* pattern) const { FcPatternDestroy(pattern); }
};
struct FreeFonts {
  void operator()(FcFontSet* fonts) const { FcFontSetDestroy(fonts); }
};

/// A bold sans-serif that has the character.
std::unique_ptr<FcPattern, FreePattern> wish_for(FcConfig* config, char32_t character) {
  std::unique_ptr<FcPattern, FreePattern> wish(FcPatternCreate());
  FcCharSet* characters = FcCharSetCreate();
  FcCharSetAddChar(characters, character);
  FcPatternAddCharSet(wish.get(), FC_CHARSET, characters);
  FcCharSetDestroy(characters);
  FcPatternAddString(wish.get(), FC_FAMILY, reinterpret_cast<const FcChar8*>("sans-serif"));
  FcPatternAddInteger(wish.get(), FC_WEIGHT, FC_WEIGHT_BOLD);
  FcConfigSubstitute(config, wish.get(), FcMatchPattern);
  FcDefaultSubstitute(wish.get());
  return wish;
}

bool has(FT_Face font, char32_t character) {
  return font != nullptr && FT_Get_Char_Index(font, character) != 0;
}

}  // namespace

struct FontSet::Impl {
  FT_Library library = nullptr;
  std::vector<FT_Face> fonts;  ///< the first draws whatever it can
  std::unique_ptr<FcConfig, FreeConfig> config;
  bool has_looked = false;
  std::set<char32_t> found_nowhere;
  std::u32string missing;
  bool was_told = false;

  void open_first();
  FT_Face look_for(char32_t character);
  FT_Face open(FcPattern* described, char32_t character);
  FT_Face font_of(char32_t character, FT_Face before);
  void note(char32_t character);
};

void FontSet::Impl::open_first() {
  FT_Face font = nullptr;
  const char* chosen = std::getenv("KATA_FONT");
  bool is_open = chosen != nullptr && FT_New_Face(library, chosen, 0, &font) == 0;
  for (std::size_t i = 0; !is_open && i < kFonts.size(); ++i)
    is_open = FT_New_Face(library, kFonts[i], 0, &font) == 0;
  if (is_open) {
    fonts.push_back(font);
  } else {
    look_for(U'a');
  }
}

FT_Face FontSet::Impl::open(FcPattern* described, char32_t character) {
  FcCharSet* characters = nullptr;
  FcChar8* file = nullptr;
  int index = 0;
  if (FcPatternGetCharSet(described, FC_CHARSET, 0, &characters) != FcResultMatch ||
      FcCharSetHasChar(characters, character) == FcFalse ||
      FcPatternGetString(described, FC_FILE, 0, &file) != FcResultMatch) {
    return nullptr;
  }
  FcPatternGetInteger(described, FC_INDEX, 0, &index);
  FT_Face font = nullptr;
  if (FT_New_Face(library, reinterpret_cast<const char*>(file), index, &font) != 0) return nullptr;
  const bool can_draw = FT_IS_SCALABLE(font) || FT_HAS_COLOR(font);
  if (can_draw && has(font, character)) return fonts.emplace_back(font);
  FT_Done_Face(font);
  return nullptr;
}

FT_Face FontSet::Impl::look_for(char32_t character) {
  if (!std::exchange(has_looked, true)) config.reset(FcInitLoadConfigAndFonts());
  if (!config) return nullptr;
  const auto wish = wish_for(config.get(), character);
  FcResult ignored = FcResultMatch;
  const std::unique_ptr<FcFontSet, FreeFonts> sorted(
      FcFontSort(config.get(), wish.get(), FcFalse, nullptr, &ignored));
  for (int i = 0; sorted && i < sorted->nfont; ++i) {
    if (FT_Face font = open(sorted->fonts[i], character)) return font;
  }
  return nullptr;
}

/// The font of the letter before goes on where it can, so that letters that join stay together.
FT_Face FontSet::Impl::font_of(char32_t character, FT_Face before) {
  if (is_ignorable(character)) return before;
  if (character >= 0x80 && has(before, character)) return before;
  for (FT_Face font : fonts) {
    if (has(font, character)) return font;
  }
  if (found_nowhere.contains(character)) return nullptr;
  if (FT_Face font = look_for(character)) return font;
  found_nowhere.insert(character);
  return nullptr;
}

void FontSet::Impl::note(char32_t character) {
  if (missing.find(character) == std::u32string::npos && missing.size() <= kMostNamedLetters)
    missing += character;
}

FontSet::FontSet() : impl_(std::make_unique<Impl>()) {
  if (FT_Init_FreeType(&impl_->library) != 0) {
    impl_->library = nullptr;
  } else {
    impl_->open_first();
  }
}

FontSet::~FontSet() {
  for (FT_Face font : impl_->fonts) FT_Done_Face(font);
  if (impl_->library != nullptr) FT_Done_FreeType(impl_->library);
}

FT_FaceRec_* FontSet::first() const {
  return impl_->fonts.empty() ? nullptr : impl_->fonts.front();
}

bool FontSet::first_has(char32_t character) const { return has(first(), character); }

std::vector<FontRun> FontSet::runs_of(std::u32string& text) {
  std::vector<FontRun> runs;
  FT_Face before = first();
  for (std::size_t i = 0; i < text.size(); ++i) {
    FT_Face font = impl_->font_of(text[i], before);
    if (font == nullptr) {
      impl_->note(text[i]);
      text[i] = kPlaceholder;
      font = first();
    }
    if (runs.empty() || runs.back().font != font) runs.push_back({font, i, 0});
    ++runs.back().count;
    before = font;
  }
  return runs;
}

std::optional<std::string> FontSet::take_warning() {
  if (impl_->missing.empty() || std::exchange(impl_->was_told, true)) return std::nullopt;
  std::u32string letters = impl_->missing.substr(0, kMostNamedLetters);
  if (impl_->missing.size() > kMostNamedLetters) letters += U'…';
  return "no font of this computer has the letters " + utf8_of(letters) +
         "; \"?\" stands for them in the picture; the package " +
         package_of(impl_->missing.front()) + " has them";
}

}  // namespace kata
