// SPDX-License-Identifier: Apache-2.0
#include "repetition_ids.h"

#include <fmt/core.h>

#include <charconv>
#include <set>
#include <string_view>

#include "kata/core/error.h"

namespace kata {
namespace {

struct Range {
  std::int64_t first = 0;
  std::int64_t last = 0;
};

std::int64_t number_from(std::string_view text, const std::string& whole) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size() && number > 0) return number;
  throw Error(ErrorCode::kInvalidArgument,
              fmt::format("\"{}\" is no number of a repetition and no range such as 3-9; kata show "
                          "lists them",
                          whole));
}

Range range_from(const std::string& text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string::npos) return {number_from(text, text), number_from(text, text)};
  const std::string_view view = text;
  const Range range{number_from(view.substr(0, dash), text),
                    number_from(view.substr(dash + 1), text)};
  if (range.first > range.last) {
    throw Error(ErrorCode::kInvalidArgument,
                fmt::format("the range {} ends before it begins", text));
  }
  return range;
}

/// Adds those that `is_meant`; false where there is none.
template <typename IsMeant>
bool add(const std::vector<RepetitionSummary>& all, const IsMeant& is_meant,
         std::set<std::int64_t>& chosen) {
  bool is_any = false;
  for (const RepetitionSummary& one : all) {
    if (!is_meant(one)) continue;
    chosen.insert(one.id);
    is_any = true;
  }
  return is_any;
}

}  // namespace

std::vector<std::int64_t> chosen_repetitions(const Craft& craft, const RepetitionChoice& choice) {
  const std::vector<RepetitionSummary> all = craft.summaries(true);
  std::set<std::int64_t> chosen;
  for (const std::string& text : choice.ids) {
    const Range range = range_from(text);
    const auto is_meant = [&](const RepetitionSummary& one) {
      return one.id >= range.first && one.id <= range.last;
    };
    if (!add(all, is_meant, chosen)) {
      throw Error(
          ErrorCode::kNotFound,
          fmt::format("there is no repetition {} in the craft; kata show lists them", text));
    }
  }
  for (const std::int64_t take : choice.takes) {
    if (!add(
            all, [&](const RepetitionSummary& one) { return one.take == take; }, chosen)) {
      throw Error(ErrorCode::kNotFound,
                  fmt::format("there is no repetition of a take {} in the craft; kata show lists "
                              "them",
                              take));
    }
  }
  return {chosen.begin(), chosen.end()};
}

}  // namespace kata
