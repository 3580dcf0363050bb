// SPDX-License-Identifier: Apache-2.0
#include "kata/session/label_desk.h"

#include <algorithm>
#include <utility>

#include "kata/core/error.h"
#include "kata/motion/seen_part.h"
#include "kata/session/motion_curve.h"
#include "kata/session/preview.h"
#include "kata/show/window.h"

namespace kata {
namespace {

constexpr std::size_t kFewestFrames = 3;
constexpr double kSlowest = 1.0 / 8;
constexpr double kFastest = 8;
constexpr std::size_t kPictureBins = 1080;
constexpr int kPreviewSide = 320;

}  // namespace

LabelDesk::LabelDesk(std::filesystem::path craft, std::string movement, LabelTake take)
    : path_(std::move(craft)), movement_(std::move(movement)), take_(std::move(take)) {
  KATA_CHECK(!take_.frames.empty() && take_.frames.size() == take_.pictures.size(),
             "a picture for every frame");
  motion_ = motion_curve(take_.frames, kPictureBins);
  if (std::filesystem::exists(path_)) load_earlier();
  say(spans_.empty() ? "r or w starts a right or wrong repetition, s stops it"
                     : std::to_string(spans_.size()) + " repetitions are from earlier");
}

/// Takes of the same file name whose repetitions begin and end exactly at frames of this video.
/// Once all takes counted from the first frame; now they count as players do.
void LabelDesk::load_earlier() {
  const std::vector<RepetitionSummary> summaries = craft().summaries();
  const Duration lead = take_.frames.front().timestamp.time_since_epoch();
  for (const Take& take : craft().takes()) {
    if (take.source != take_.source) continue;
    std::vector<Span> found = spans_of(take.id, summaries, Duration{});
    if (found.empty() && lead > Duration{}) found = spans_of(take.id, summaries, lead);
    if (found.empty()) continue;
    take_id_ = take.id;
    spans_.insert(spans_.end(), found.begin(), found.end());
  }
  std::ranges::sort(spans_, {}, &Span::first);
}

/// The take's repetitions as frames of this video, `later` than they say; empty if one is none.
std::vector<LabelDesk::Span> LabelDesk::spans_of(std::int64_t take,
                                                 std::span<const RepetitionSummary> summaries,
                                                 Duration later) const {
  const auto index_of = [&](Timestamp time) -> std::optional<std::size_t> {
    const auto found =
        std::ranges::lower_bound(take_.frames, time + later, {}, &Landmarks::timestamp);
    if (found == take_.frames.end() || found->timestamp != time + later) return std::nullopt;
    return static_cast<std::size_t>(found - take_.frames.begin());
  };
  std::vector<Span> spans;
  for (const RepetitionSummary& summary : summaries) {
    if (summary.take != take) continue;
    const auto first = index_of(summary.start);
    const auto last = index_of(summary.end);
    if (!first || !last || static_cast<int>(*last - *first) + 1 != summary.frames) return {};
    spans.push_back({summary.id, *first, *last, summary.label, summary.mistake, summary.movement});
  }
  return spans;
}

Craft& LabelDesk::craft() {
  if (!craft_) {
    craft_ = std::filesystem::exists(path_)
                 ? Craft::open(path_)
                 : Craft::create(path_, {path_.stem().string(), {}, {}, {}});
  }
  return *craft_;
}

bool LabelDesk::press(int key) {
  has_news_ = true;
  if (typing_) {
    type(key);
    return true;
  }
  message_.clear();
  switch (key) {
    case 'q':
      return false;
    case 'r':
      start(Label::kCorrect);
      break;
    case 'w':
      start(Label::kIncorrect);
      break;
    case 's':
      stop();
      break;
    case ' ':
      is_playing_ = !is_playing_;
      ahead_ = {};
      if (is_playing_ && frame_ + 1 == take_.frames.size()) frame_ = 0;
      break;
    case static_cast<int>(Key::kLeft):
      move(-1);
      break;
    case static_cast<int>(Key::kRight):
      move(1);
      break;
    case static_cast<int>(Key::kUp):
      jump(false);
      break;
    case static_cast<int>(Key::kDown):
      jump(true);
      break;
    case '[':
      nudge(-1);
      break;
    case ']':
      nudge(1);
      break;
    case 'u':
      undo();
      break;
    case 'x':
    case static_cast<int>(Key::kDelete):
      erase();
      break;
    case 'm':
      begin_typing();
      break;
    case '-':
    case '_':
      change_speed(0.5);
      break;
    case '+':
    case '=':
      change_speed(2);
      break;
    case 'l':
      toggle_loop();
      break;
    default:
      break;
  }
  return true;
}

void LabelDesk::start(Label label) {
  const auto inside = std::ranges::find_if(
      spans_, [&](const Span& span) { return span.first <= frame_ && frame_ <= span.last; });
  if (!open_ && inside != spans_.end()) {
    return say("there is a repetition here already; x deletes it, [ and ] move its edges");
  }
  const bool is_other_label = open_ && open_->label != label;
  if (is_other_label) {
    open_->label = label;  // the teacher saw how it goes on
  } else {
    open_ = Open{frame_, label};
  }
  const char* word = label == Label::kCorrect ? "right" : "wrong";
  say(std::string(is_other_label ? "the repetition under way is now " : "started a repetition, ") +
      word + "; s stops it");
}

void LabelDesk::stop() {
  if (!open_) return say("no repetition is under way; r or w starts one");
  const auto [first, last] = std::minmax(open_->first, frame_);
  if (last - first + 1 < kFewestFrames)
    return say("too short: a repetition has at least three frames");
  if (!is_free(first, last, 0))
    return say("it would lie over another repetition; x deletes that, u undoes");
  const auto seen = seen_part(take_.frames, CutSpan{first, last, 1, 1});
  if (!seen) return say("nobody is seen in these frames; nothing was stored");
  edit(std::nullopt, Span{0, seen->first, seen->last, open_->label, std::nullopt, movement_});
  open_.reset();
  say("stored as number " + std::to_string(edits_.back().after->id));
}

void LabelDesk::move(std::ptrdiff_t frames) {
  is_playing_ = false;
  const auto last = static_cast<std::ptrdiff_t>(take_.frames.size()) - 1;
  frame_ = static_cast<std::size_t>(
      std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(frame_) + frames, 0, last));
}

/// To the next or previous edge; beyond the last one to the take's end.
void LabelDesk::jump(bool is_forward) {
  is_playing_ = false;
  std::size_t target = is_forward ? take_.frames.size() - 1 : 0;
  for (const Span& span : spans_) {
    for (const std::size_t edge : {span.first, span.last}) {
      if (is_forward && edge > frame_) target = std::min(target, edge);
      if (!is_forward && edge < frame_) target = std::max(target, edge);
    }
  }
  frame_ = target;
}

void LabelDesk::nudge(std::ptrdiff_t frames) {
  const auto index = selected();
  if (!index) return say("there is no repetition whose edge could be moved");
  const Span before = spans_[*index];
  Span after = before;
  std::size_t& edge = is_start_nearer(before) ? after.first : after.last;
  const auto moved = static_cast<std::ptrdiff_t>(edge) + frames;
  if (moved < 0 || moved >= static_cast<std::ptrdiff_t>(take_.frames.size()))
    return say("this is the take's end");
  edge = static_cast<std::size_t>(moved);
  if (after.last < after.first + kFewestFrames - 1)
    return say("a repetition has at least three frames");
  if (!is_free(after.first, after.last, before.id)) return say("the next repetition begins here");
  if (frames_of(after).empty()) return say("nobody is seen in what would be left of it");
  is_playing_ = false;
  frame_ = edge;
  edit(before, after);
}

void LabelDesk::erase() {
  if (open_) {
    open_.reset();
    return say("the repetition under way is forgotten");
  }
  const auto index = selected();
  if (!index) return say("there is no repetition to delete");
  const std::int64_t id = spans_[*index].id;
  edit(spans_[*index], std::nullopt);
  say("deleted number " + std::to_string(id) + "; u brings it back");
}

void LabelDesk::undo() {
  if (edits_.empty()) return say("there is nothing to undo");
  const Edit last = edits_.back();
  apply(last.after, last.before);
  edits_.pop_back();
  const Span& about = last.before ? *last.before : *last.after;
  is_playing_ = false;
  frame_ = std::clamp(frame_, about.first, about.last);
  say("undone");
}

void LabelDesk::toggle_loop() {
  if (loop_) {
    loop_.reset();
    return;
  }
  const auto index = selected();
  loop_ = index ? spans_[*index].id : 0;
  if (index && (frame_ < spans_[*index].first || frame_ > spans_[*index].last))
    frame_ = spans_[*index].first;
  is_playing_ = true;
  ahead_ = {};
}

void LabelDesk::change_speed(double factor) {
  speed_ = std::clamp(speed_ * factor, kSlowest, kFastest);
}

void LabelDesk::begin_typing() {
  const auto index = selected();
  if (!index) return say("there is no repetition to name a mistake of");
  if (spans_[*index].label == Label::kCorrect) return say("a right repetition has no mistake");
  is_playing_ = false;
  typing_ = spans_[*index].mistake.value_or("");
  name_ = -1;
}

void LabelDesk::type(int key) {
  if (key == static_cast<int>(Key::kEnter)) return name_mistake();
  if (key == static_cast<int>(Key::kEscape)) return typing_.reset();
  if (key == static_cast<int>(Key::kUp)) return cycle_names(-1);
  if (key == static_cast<int>(Key::kDown)) return cycle_names(1);
  if (key == static_cast<int>(Key::kDelete)) {
    if (!typing_->empty()) typing_->pop_back();
  } else if (key >= ' ' && key < 127 && typing_->size() < 60) {
    typing_->push_back(static_cast<char>(key));
  }
}

void LabelDesk::cycle_names(int step) {
  const std::vector<std::string> names = known_mistakes();
  if (names.empty()) return;
  const auto count = static_cast<int>(names.size());
  name_ = name_ < 0 ? (step > 0 ? 0 : count - 1) : (name_ + step + count) % count;
  typing_ = names[static_cast<std::size_t>(name_)];
}

void LabelDesk::name_mistake() {
  const std::string name = *std::exchange(typing_, std::nullopt);
  const auto index = selected();
  if (!index) return;
  Span after = spans_[*index];
  after.mistake = name.empty() ? std::nullopt : std::optional(name);
  edit(spans_[*index], after);
  say(name.empty() ? "the mistake has no name now" : "the mistake is called " + name);
}

std::vector<std::string> LabelDesk::known_mistakes() const {
  std::vector<std::string> names;
  for (const RepetitionSummary& summary : craft_->summaries()) {
    if (summary.movement != movement_ || !summary.mistake) continue;
    if (std::ranges::find(names, *summary.mistake) == names.end())
      names.push_back(*summary.mistake);
  }
  return names;
}

void LabelDesk::advance(Duration elapsed) {
  if (!is_playing_ || typing_) return;
  std::size_t first = 0;
  std::size_t last = take_.frames.size() - 1;
  if (loop_) {
    const auto looped = std::ranges::find(spans_, *loop_, &Span::id);
    if (looped != spans_.end()) {
      first = looped->first;
      last = looped->last;
    }
  }
  ahead_ += duration_from_seconds(seconds(elapsed) * speed_);
  while (is_playing_) {
    if (frame_ >= last) {
      // A loop rests on its last frame for one period, like every other.
      if (!loop_) is_playing_ = false;
      if (loop_ && ahead_ > Duration{}) frame_ = first;
      ahead_ = {};
      has_news_ = true;
      return;
    }
    const Duration period = take_.frames[frame_ + 1].timestamp - take_.frames[frame_].timestamp;
    if (ahead_ < period) return;
    ahead_ -= period;
    ++frame_;
    has_news_ = true;
  }
}

LabelScene LabelDesk::scene() const {
  LabelScene scene;
  scene.frame = frame_;
  scene.frames = take_.frames.size();
  scene.time_s = seconds(take_.frames[frame_].timestamp);
  scene.movement = movement_;
  const auto index = selected();
  for (std::size_t i = 0; i < spans_.size(); ++i) {
    const Span& span = spans_[i];
    scene.spans.push_back({span.first, span.last, span.label, span.mistake.value_or(""),
                           span.movement == movement_ ? "" : span.movement, index == i});
  }
  if (open_) scene.open = LabelSpan{open_->first, frame_, open_->label, "", "", false};
  if (index && !open_)
    scene.edge = is_start_nearer(spans_[*index]) ? spans_[*index].first : spans_[*index].last;
  scene.is_playing = is_playing_;
  scene.is_looping = loop_.has_value();
  scene.speed = speed_;
  scene.message = message_;
  scene.typing = typing_;
  scene.motion = motion_;
  return scene;
}

Image LabelDesk::picture() {
  has_news_ = false;
  return draw_labels(take_.pictures.picture(frame_), take_.frames[frame_], scene());
}

void LabelDesk::store_preview() {
  const auto right = std::ranges::find_if(spans_, [&](const Span& span) {
    return span.label == Label::kCorrect && span.movement == movement_;
  });
  if (right == spans_.end() || craft().preview(movement_)) return;
  const auto seen = seen_part(take_.frames, CutSpan{right->first, right->last, 1, 1});
  if (!seen) return;
  craft().set_preview(movement_, preview_of(frames_in(take_.frames, *seen), [&](std::size_t frame) {
                        return take_.pictures.picture(seen->first + frame, kPreviewSide);
                      }));
}

}  // namespace kata
