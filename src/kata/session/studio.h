// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kata/core/repetition.h"
#include "kata/craft/craft.h"
#include "kata/learn/judge.h"
#include "kata/session/craft_folder.h"
#include "kata/session/incoming_craft.h"
#include "kata/session/lesson.h"
#include "kata/session/take_journal.h"

namespace kata {

/// A movement of a craft, counted.
struct MovementCard {
  std::string name;
  int correct = 0;
  int incorrect = 0;
  std::vector<std::string> mistakes;
  std::optional<std::int64_t> preview;  ///< a right repetition to show, where there is one
  bool has_video = false;               ///< preview_video() gives one
};

struct TrainedCard {
  std::string trained_at;
  bool is_stale = false;  ///< what it was taught by has changed since (Craft::is_stale)
  std::string report_json;
};

/// A craft as a list shows it.
struct CraftCard {
  std::string id;
  CraftTitle title;
  std::vector<MovementCard> movements;
  int repetitions = 0;
  std::optional<TrainedCard> trained;
  std::string problem;  ///< why the file cannot be read; empty = it can
  std::string warning;  ///< what its teacher should know before another take; empty = nothing
};

struct CraftDetail {
  CraftCard card;
  std::vector<RepetitionSummary> repetitions;  ///< with those that were removed
};

/// A recorded take with its cuts, as the timeline shows it.
struct TakeView {
  std::int64_t take = 0;
  Timestamp start{};
  Timestamp end{};
  std::vector<float> motion;  ///< how much moves, evenly spaced over the take; any unit, ≥ 0
  std::vector<RepetitionSummary> repetitions;
  std::vector<std::int64_t> takes_cut_anew;  ///< when it was stored: earlier ones, to agree with it
};

/// A craft's file on its way out.
struct CraftFile {
  std::filesystem::path path;
  std::string name;                  ///< UTF-8, of the craft; with its ending
  std::shared_ptr<const void> keep;  ///< while this lives, the file stays as it is
};

/// A teacher's folder of crafts: everything that a page does with it, but nothing of pages.
///
/// Every call is complete when it returns and may be made from any thread. Throws Error.
class Studio {
 public:
  /// Takes that were interrupted by the end of an earlier program are cut and stored first.
  explicit Studio(const std::filesystem::path& folder, bool is_read_only = false);

  bool is_read_only() const { return is_read_only_; }
  std::vector<CraftCard> cards();
  std::vector<CraftFolder::Entry> removed() const { return folder_.removed(); }
  CraftCard card(std::string_view id);
  CraftDetail detail(std::string_view id);
  std::filesystem::path path(std::string_view id) const { return folder_.path(id); }

  CraftCard make(const CraftTitle& title, const std::vector<std::string>& movements = {});
  CraftCard add_movement(std::string_view id, const std::string& name);
  CraftCard rename_movement(std::string_view id, const std::string& from, const std::string& to);
  CraftCard retitle(std::string_view id, const CraftTitle& title);
  CraftCard duplicate(std::string_view id);
  /// A file that comes in: fill it, then import() it.
  std::unique_ptr<IncomingCraft> begin_import();
  /// Throws Error{kCorrupt} when it is no craft.
  CraftCard import(IncomingCraft& incoming);
  /// The craft as it is now, to be sent somewhere.
  CraftFile file(std::string_view id);
  void remove(std::string_view id);
  CraftCard restore(std::string_view id);

  Repetition repetition(std::string_view id, std::int64_t repetition);
  void relabel(std::string_view id, std::int64_t repetition, Label label,
               const std::optional<std::string>& mistake);
  /// Who performed it.
  void set_person(std::string_view id, std::int64_t repetition, const std::string& person);
  void remove_repetition(std::string_view id, std::int64_t repetition);
  void restore_repetition(std::string_view id, std::int64_t repetition);
  /// Cuts a repetition anew out of its take; the new one takes its place. Where the take was not
  /// kept as it was recorded, edges can only be moved inwards.
  RepetitionSummary move_edges(std::string_view id, std::int64_t repetition, Timestamp start,
                               Timestamp end);

  /// A take that begins now, on disk from the first frame on.
  std::unique_ptr<TakeJournal> begin_take(std::string_view id, const Lesson& lesson);
  /// Cuts a take that was recorded since `recorded_at` and stores its repetitions. Throws
  /// Error{kNotEnough}.
  TakeView store_take(std::string_view id, const Lesson& lesson, std::vector<Landmarks> frames,
                      std::string_view recorded_at);
  /// How many repetitions of interrupted takes were stored at the start.
  int recovered() const { return recovered_; }
  /// Throws Error{kNotFound} when the take was not kept as it was recorded.
  TakeView take(std::string_view id, std::int64_t take);

  /// Throws Error{kNotFound} where there is none, {kUnsupported} for anything but MP4 and WebM.
  PreviewVideo preview_video(std::string_view id, std::string_view movement);
  std::shared_ptr<const Judge> judge(std::string_view id);

 private:
  struct CachedCard {
    std::filesystem::file_time_type changed;
    std::uintmax_t size = 0;
    CraftCard card;
  };

  void check_writable() const;
  void check_has_room(const std::filesystem::path& craft) const;
  CraftCard card_of_file(const CraftFolder::Entry& entry);
  CraftCard card_locked(std::string_view id);
  void recover();
  void take_back(const InterruptedTake& take);

  CraftFolder folder_;
  const bool is_read_only_;
  int recovered_ = 0;
  std::mutex mutex_;
  std::map<std::string, CachedCard, std::less<>> cache_;
};

}  // namespace kata
