// SPDX-License-Identifier: Apache-2.0
#include "kata/craft/import_reading.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "kata/core/error.h"
#include "kata/craft/missing_points.h"
#include "kata/motion/repetition_cut.h"
#include "kata/motion/seen_part.h"
#include "kata/store/landmark_blob.h"

namespace kata {
namespace {

/// Two hours at 30 Hz; keeps memory bounded whatever a file claims to be.
constexpr std::int64_t kMaxRows = 200'000;

/// True when 32-bit landmarks give every number back, so that none need be kept.
bool is_exact(const RowLayout& layout, const Landmarks& frame, std::span<const double> row) {
  const std::vector<double> again = row_from_landmarks(layout, frame);
  return std::equal(again.begin(), again.end(), row.begin(), row.end());
}

}  // namespace

void add_problem(ImportReport& report, ImportProblem problem) {
  ++report.problem_count;
  if (report.problems.size() < kMaxReportedProblems) report.problems.push_back(std::move(problem));
}

RowCollector::RowCollector(const RowLayout& layout, const ImportOptions& options,
                           ImportReading& reading)
    : layout_(layout), options_(options), reading_(reading) {}

void RowCollector::add(const RowKey& key, std::span<double> row, const RowMoment& moment) {
  if (rows_ >= kMaxRows) {
    throw Error(ErrorCode::kUnsupported,
                "one file may hold " + std::to_string(kMaxRows) + " frames; split it into several");
  }
  if (rows_ > 0 && key != key_) finish();
  key_ = key;
  MissingPoints missing;
  if (std::ranges::any_of(row, [](double value) { return std::isnan(value); }))
    missing = settle_missing(layout_, row);
  Landmarks frame = landmarks_from_row(layout_, row);
  if (missing.of_body) hide_missing_points(frame);
  lacks_points_ = lacks_points_ || missing.of_body;
  reading_.report.incomplete_parts += missing.incomplete_parts;
  const double time_s = static_cast<double>(rows_) / options_.frame_rate_hz;
  frame.timestamp = moment.timestamp.value_or(timestamp_from_seconds(time_s));
  frame.image_width = moment.image_width;
  frame.image_height = moment.image_height;
  ++rows_;
  frames_.push_back(std::move(frame));
  numbers_.insert(numbers_.end(), row.begin(), row.end());
}

void RowCollector::finish() {
  if (frames_.empty()) return;
  if (std::exchange(lacks_points_, false)) fill_missing_points(frames_);
  if (frames_.size() > kMaxFrames) {
    add_problem(reading_.report,
                {{},
                 0,
                 0,
                 "repetition " + std::to_string(key_.sequence) + " of " + key_.movement +
                     " has more than " + std::to_string(kMaxFrames) + " frames"});
  } else if (key_.label) {
    store_judged();
  } else {
    store_take();
  }
  frames_.clear();
  numbers_.clear();
}

void RowCollector::store_judged() {
  // The prototype pads short repetitions with rows of zeros; a gap in the middle keeps its time.
  std::size_t kept = 0;
  const std::size_t width = layout_.values();
  for (std::size_t i = 0; i < frames_.size(); ++i) {
    if (frames_[i].is_empty()) continue;
    if (kept != i) {
      frames_[kept] = std::move(frames_[i]);
      std::copy_n(numbers_.begin() + static_cast<std::ptrdiff_t>(i * width), width,
                  numbers_.begin() + static_cast<std::ptrdiff_t>(kept * width));
    }
    ++kept;
  }
  reading_.report.padding_frames += frames_.size() - kept;
  if (kept == 0) {
    ++reading_.report.empty_repetitions;
    return;
  }
  store(0, kept - 1, *key_.label, true);
}

void RowCollector::store_take() {
  if (std::ranges::all_of(frames_, &Landmarks::is_empty)) {
    return add_problem(reading_.report, {{},
                                         0,
                                         0,
                                         "nobody is seen in the " + std::to_string(frames_.size()) +
                                             " frames of this take"});
  }
  if (options_.is_one_repetition) {
    const CutSpan seen = *seen_part(frames_, CutSpan{0, frames_.size() - 1, 1, 1});
    reading_.report.padding_frames += frames_.size() - (seen.last - seen.first + 1);
    store(seen.first, seen.last, options_.label, false);
    return;
  }
  const std::vector<CutSpan> spans = cut_repetitions(frames_);
  if (spans.empty()) {
    add_problem(
        reading_.report,
        {{}, 0, 0, "nothing in this take repeats; import it as one repetition if it is one"});
  }
  for (const CutSpan& span : spans) store(span.first, span.last, options_.label, false);
}

void RowCollector::store(std::size_t first, std::size_t last, Label label, bool with_numbers) {
  ImportedRepetition imported;
  Repetition& repetition = imported.repetition;
  repetition.movement = key_.movement;
  repetition.label = label;
  if (label == Label::kIncorrect) repetition.mistake = options_.mistake;
  repetition.person = options_.person;
  repetition.frames.assign(frames_.begin() + static_cast<std::ptrdiff_t>(first),
                           frames_.begin() + static_cast<std::ptrdiff_t>(last) + 1);
  reading_.report.frames += repetition.frames.size();
  if (with_numbers) {
    imported.original =
        OriginalNumbers{key_.sequence, std::string(layout_.name), repetition.frames.size(), {}};
    const std::size_t width = layout_.values();
    const std::span<const double> rows(numbers_.data(), repetition.frames.size() * width);
    for (std::size_t i = 0; i < repetition.frames.size(); ++i) {
      if (is_exact(layout_, repetition.frames[i], rows.subspan(i * width, width))) continue;
      imported.original->values.assign(rows.begin(), rows.end());
      break;
    }
  }
  reading_.repetitions.push_back(std::move(imported));
}

}  // namespace kata
