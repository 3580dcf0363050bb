// SPDX-License-Identifier: Apache-2.0
#include "kata/session/studio.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "kata/core/error.h"
#include "kata/craft/copy_craft.h"
#include "kata/craft/craft_size.h"
#include "kata/session/train_craft.h"

namespace kata {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestTitle = 200;
constexpr std::size_t kLongestDescription = 4000;
constexpr std::size_t kLongestMovement = 80;

void check_title(const CraftTitle& title) {
  if (title.name.empty()) throw Error(ErrorCode::kInvalidArgument, "the craft has no name");
  if (title.name.size() > kLongestTitle || title.author.size() > kLongestTitle ||
      title.price_note.size() > kLongestTitle || title.description.size() > kLongestDescription) {
    throw Error(ErrorCode::kInvalidArgument, "the name or another text is too long");
  }
}

void check_movement(const std::string& name) {
  if (name.empty() || name.size() > kLongestMovement) {
    throw Error(ErrorCode::kInvalidArgument, "a movement has a name of up to 80 letters");
  }
}

void check_is_new(const Craft& craft, const std::string& movement) {
  if (std::ranges::any_of(craft.movements(),
                          [&](const MovementSummary& each) { return each.name == movement; })) {
    throw Error(ErrorCode::kInvalidArgument, "the craft already has a movement of this name");
  }
}

void count(const RepetitionSummary& repetition, MovementCard& movement) {
  if (repetition.label == Label::kCorrect) {
    ++movement.correct;
    if (!movement.preview) movement.preview = repetition.id;
  } else {
    ++movement.incorrect;
  }
  if (repetition.mistake &&
      std::ranges::find(movement.mistakes, *repetition.mistake) == movement.mistakes.end()) {
    movement.mistakes.push_back(*repetition.mistake);
  }
}

/// In the order in which they came in, with those that have no repetition yet.
std::vector<MovementCard> count_movements(const Craft& craft,
                                          const std::vector<RepetitionSummary>& repetitions) {
  std::vector<MovementCard> movements;
  for (const MovementSummary& stored : craft.movements()) {
    MovementCard movement;
    movement.name = stored.name;
    movement.has_video = stored.has_preview;
    for (const RepetitionSummary& repetition : repetitions) {
      if (!repetition.is_removed && repetition.movement == stored.name) count(repetition, movement);
    }
    movements.push_back(std::move(movement));
  }
  return movements;
}

std::uint64_t size_of(const fs::path& path) {
  std::error_code error;
  const auto size = fs::file_size(path, error);
  return error ? 0 : size;
}

CraftCard card_of(const std::string& id, const Craft& craft,
                  const std::vector<RepetitionSummary>& repetitions) {
  CraftCard card;
  card.id = id;
  card.title = craft.title();
  card.movements = count_movements(craft, repetitions);
  card.repetitions = static_cast<int>(std::ranges::count_if(
      repetitions, [](const RepetitionSummary& each) { return !each.is_removed; }));
  if (const auto classifier = craft.classifier()) {
    card.trained = TrainedCard{classifier->trained_at, craft.is_stale(), classifier->report_json};
  }
  return card;
}

/// What is still in the write-ahead log does not change the file itself.
bool is_open_elsewhere(const fs::path& path) {
  std::error_code error;
  const auto size = fs::file_size(path.string() + "-wal", error);
  return !error && size > 0;
}

/// A copy that is gone when it has been sent.
class OutgoingCopy {
 public:
  explicit OutgoingCopy(fs::path path) : path_(std::move(path)) {}
  ~OutgoingCopy() {
    std::error_code ignored;
    fs::remove(path_, ignored);
  }
  OutgoingCopy(const OutgoingCopy&) = delete;
  OutgoingCopy& operator=(const OutgoingCopy&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

}  // namespace

Studio::Studio(const fs::path& folder, bool is_read_only)
    : folder_(folder), is_read_only_(is_read_only) {
  if (is_read_only_) return;
  folder_.sweep();
  recover();
}

void Studio::check_writable() const {
  if (is_read_only_) {
    throw Error(ErrorCode::kInvalidArgument,
                "this studio is for learning only; nothing can be changed here");
  }
}

/// What is stored of a take that began before is stored, however large; the next one waits.
void Studio::check_has_room(const fs::path& craft) const {
  if (size_of(craft) >= kGrownCraft) throw Error(ErrorCode::kInvalidArgument, too_large_for_take());
}

CraftCard Studio::card_of_file(const CraftFolder::Entry& entry) {
  std::error_code error;
  const auto changed = fs::last_write_time(entry.path, error);
  const auto size = fs::file_size(entry.path, error);
  const auto cached = cache_.find(entry.id);
  if (cached != cache_.end() && cached->second.changed == changed && cached->second.size == size &&
      !is_open_elsewhere(entry.path)) {
    return cached->second.card;
  }
  CraftCard card;
  try {
    const Craft craft = Craft::open(entry.path, Craft::Access::kRead);
    card = card_of(entry.id, craft, craft.summaries());
    card.warning = growth_warning(size);
  } catch (const Error& problem) {
    card.id = entry.id;
    card.title.name = entry.name;
    card.problem = problem.code() == ErrorCode::kUnsupported   ? "it was made by a newer Kata"
                   : problem.code() == ErrorCode::kUnavailable ? "another program is using it"
                                                               : "it is damaged or no craft";
  }
  cache_.insert_or_assign(entry.id, CachedCard{changed, size, card});
  return card;
}

std::vector<CraftCard> Studio::cards() {
  const std::lock_guard lock(mutex_);
  std::vector<CraftCard> cards;
  for (const CraftFolder::Entry& entry : folder_.entries()) cards.push_back(card_of_file(entry));
  return cards;
}

CraftCard Studio::card_locked(std::string_view id) {
  const fs::path path = folder_.path(id);
  const Craft craft = Craft::open(path, Craft::Access::kRead);
  CraftCard card = card_of(std::string(id), craft, craft.summaries());
  card.warning = growth_warning(size_of(path));
  return card;
}

CraftCard Studio::card(std::string_view id) {
  const std::lock_guard lock(mutex_);
  return card_locked(id);
}

CraftDetail Studio::detail(std::string_view id) {
  const std::lock_guard lock(mutex_);
  const fs::path path = folder_.path(id);
  const Craft craft = Craft::open(path, Craft::Access::kRead);
  CraftDetail detail;
  detail.repetitions = craft.summaries(true);
  detail.card = card_of(std::string(id), craft, detail.repetitions);
  detail.card.warning = growth_warning(size_of(path));
  return detail;
}

CraftCard Studio::make(const CraftTitle& title, const std::vector<std::string>& movements) {
  check_writable();
  check_title(title);
  for (const std::string& movement : movements) check_movement(movement);
  const std::lock_guard lock(mutex_);
  const fs::path path = folder_.free_path(title.name);
  Craft craft = Craft::create(path, title);
  for (const std::string& movement : movements) craft.set_movement(movement, "");
  return card_locked(CraftFolder::id_of(path));
}

CraftCard Studio::add_movement(std::string_view id, const std::string& name) {
  check_writable();
  check_movement(name);
  const std::lock_guard lock(mutex_);
  {
    Craft craft = Craft::open(folder_.path(id));
    check_is_new(craft, name);
    craft.set_movement(name, "");
  }
  return card_locked(id);
}

CraftCard Studio::rename_movement(std::string_view id, const std::string& from,
                                  const std::string& to) {
  check_writable();
  check_movement(to);
  const std::lock_guard lock(mutex_);
  {
    Craft craft = Craft::open(folder_.path(id));
    if (from != to) check_is_new(craft, to);
    kata::rename_movement(craft, from, to);
  }
  return card_locked(id);
}

CraftCard Studio::retitle(std::string_view id, const CraftTitle& title) {
  check_writable();
  check_title(title);
  const std::lock_guard lock(mutex_);
  Craft::open(folder_.path(id)).set_title(title);
  return card_locked(id);
}

CraftCard Studio::duplicate(std::string_view id) {
  check_writable();
  const std::lock_guard lock(mutex_);
  const fs::path path = folder_.duplicate(id);
  {
    Craft craft = Craft::open(path);
    CraftTitle title = craft.title();
    title.name += " (2)";
    craft.set_title(title);
  }
  return card_locked(CraftFolder::id_of(path));
}

std::unique_ptr<IncomingCraft> Studio::begin_import() {
  check_writable();
  return std::make_unique<IncomingCraft>(folder_.folder());
}

CraftCard Studio::import(IncomingCraft& incoming) {
  check_writable();
  incoming.close();
  const std::lock_guard lock(mutex_);
  CraftTitle title;
  try {
    const Craft craft = Craft::open(incoming.path(), Craft::Access::kRead);
    title = craft.title();
    craft.summaries(true);
  } catch (const Error& error) {
    // The sentence of the craft room names a path, which is nobody's business but the server's.
    throw Error(error.code(), error.code() == ErrorCode::kUnsupported
                                  ? "the file was made by a newer Kata; update this one"
                                  : "the file is no craft, or it is damaged");
  }
  return card_locked(CraftFolder::id_of(folder_.adopt(incoming.path(), title.name)));
}

CraftFile Studio::file(std::string_view id) {
  CraftFile file;
  {
    const std::lock_guard lock(mutex_);
    file.path = folder_.path(id);
    file.name = file.path.filename().string();
    const std::string title = Craft::open(file.path, Craft::Access::kRead).title().name;
    if (!title.empty() && CraftFolder::is_named_after(file.path, title))
      file.name = title + ".kata";
  }
  // Sending takes long; what is recorded meanwhile must not end up in the middle of it.
  try {
    auto copy = std::make_shared<OutgoingCopy>(folder_.outgoing_path());
    copy_craft(file.path, copy->path());
    file.path = copy->path();
    file.keep = std::move(copy);
  } catch (const Error&) {
    // A full disk, or a folder that may only be read: the file itself, if all of it is in there.
    if (is_open_elsewhere(file.path)) throw;
  }
  return file;
}

void Studio::remove(std::string_view id) {
  check_writable();
  const std::lock_guard lock(mutex_);
  folder_.remove(id);
}

CraftCard Studio::restore(std::string_view id) {
  check_writable();
  const std::lock_guard lock(mutex_);
  folder_.restore(id);
  return card_locked(id);
}

PreviewVideo Studio::preview_video(std::string_view id, std::string_view movement) {
  const std::lock_guard lock(mutex_);
  auto video = Craft::open(folder_.path(id), Craft::Access::kRead).preview(std::string(movement));
  if (!video) throw Error(ErrorCode::kNotFound, "this movement has no preview video");
  // A stranger's file does not choose what its preview is taken for.
  if (video->media_type != "video/mp4" && video->media_type != "video/webm") {
    throw Error(ErrorCode::kUnsupported, "the preview is no video that browsers play");
  }
  return std::move(*video);
}

std::shared_ptr<const Judge> Studio::judge(std::string_view id) {
  const std::lock_guard lock(mutex_);
  return load_judge(folder_.path(id));
}

}  // namespace kata
