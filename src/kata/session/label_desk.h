// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kata/core/image.h"
#include "kata/core/landmarks.h"
#include "kata/core/timestamp.h"
#include "kata/craft/craft.h"
#include "kata/input/picture_store.h"
#include "kata/show/label_picture.h"

namespace kata {

/// A video that was followed: its landmarks and pictures, one for each frame.
struct LabelTake {
  std::string source;  ///< file name
  std::string person;
  std::vector<Landmarks> frames;
  PictureStore pictures;
};

/// Labelling the repetitions of a video by keys: keys and time in, pictures out.
///
/// Knows no window. Every repetition is in the craft when the key that ended it returns, and every
/// change can be undone. Repetitions that an earlier sitting stored of the same video are shown
/// and can be changed.
class LabelDesk {
 public:
  /// The craft is made with the first repetition if it is not there. Throws Error.
  LabelDesk(std::filesystem::path craft, std::string movement, LabelTake take);

  /// Does what a key says (characters or Key); false when the user quits. What cannot be done is
  /// said in the picture; Error only when the craft cannot be written.
  bool press(int key);
  /// Lets a playing video go on by so much time.
  void advance(Duration elapsed);
  /// The keys are a text: the window should give Enter and Esc.
  bool is_typing() const { return typing_.has_value(); }
  /// Whether the picture changed since it was last asked for.
  bool has_news() const { return has_news_; }
  Image picture();
  /// Gives the movement a preview if it has none and a right repetition.
  void store_preview();

  std::size_t frame() const { return frame_; }
  LabelScene scene() const;

 private:
  /// A stored repetition, in frames of the take.
  struct Span {
    std::int64_t id = 0;
    std::size_t first = 0;
    std::size_t last = 0;
    Label label = Label::kCorrect;
    std::optional<std::string> mistake;
    std::string movement;
  };
  struct Open {
    std::size_t first = 0;
    Label label = Label::kCorrect;
  };
  /// One change: a repetition as it was and as it is; empty = it was not, or is no longer, there.
  struct Edit {
    std::optional<Span> before;
    std::optional<Span> after;
  };

  Craft& craft();
  void load_earlier();
  std::vector<Span> spans_of(std::int64_t take, std::span<const RepetitionSummary> summaries,
                             Duration later) const;
  void start(Label label);
  void stop();
  void move(std::ptrdiff_t frames);
  void jump(bool is_forward);
  void nudge(std::ptrdiff_t frames);
  void erase();
  void undo();
  void toggle_loop();
  void change_speed(double factor);
  void begin_typing();
  void type(int key);
  void name_mistake();
  void cycle_names(int step);

  /// Changes craft and timeline from one state of a repetition to another.
  void apply(const std::optional<Span>& from, std::optional<Span> to);
  void edit(std::optional<Span> before, std::optional<Span> after);
  std::optional<std::size_t> selected() const;
  bool is_start_nearer(const Span& span) const;
  bool is_free(std::size_t first, std::size_t last, std::int64_t but) const;
  std::vector<Landmarks> frames_of(const Span& span) const;
  std::vector<std::string> known_mistakes() const;
  void say(std::string message) { message_ = std::move(message); }

  std::filesystem::path path_;
  std::string movement_;
  LabelTake take_;
  std::optional<Craft> craft_;
  std::int64_t take_id_ = 0;
  std::vector<Span> spans_;  ///< by time
  std::vector<Edit> edits_;  ///< the newest last
  std::optional<Open> open_;
  std::vector<float> motion_;

  std::size_t frame_ = 0;
  Duration ahead_{};  ///< of the frame shown, while playing
  bool is_playing_ = false;
  double speed_ = 1;
  std::optional<std::int64_t> loop_;  ///< repetition, 0 = the whole take
  std::optional<std::string> typing_;
  int name_ = -1;  ///< of the known mistakes, while typing
  std::string message_;
  bool has_news_ = true;
};

}  // namespace kata
