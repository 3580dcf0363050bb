// SPDX-License-Identifier: Apache-2.0
#include "kata/session/take_journal.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <span>
#include <system_error>

#include "kata/core/error.h"
#include "kata/store/landmark_blob.h"

namespace kata {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::string_view kBeginning = ".take-";
constexpr std::string_view kEnding = ".part";
constexpr std::size_t kLargestJournal = 1UL << 30U;
constexpr std::uint32_t kLargestRecord = 1U << 20U;

/// A record is its length (32 bits, little-endian) and its bytes; the first one is the header.
std::string record(std::string_view bytes) {
  std::string text;
  for (unsigned i = 0; i < 4; ++i) text += static_cast<char>((bytes.size() >> (8 * i)) & 0xFFU);
  return text.append(bytes);
}

/// A disk that takes only a part of it is full.
void write_whole(int file, std::string_view bytes) {
  const ssize_t count = write(file, bytes.data(), bytes.size());
  if (count == static_cast<ssize_t>(bytes.size())) return;
  const bool is_full = count >= 0 || errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
  throw Error(ErrorCode::kIo,
              is_full ? "the disk is full, the take cannot be stored"
                      : std::string("the take cannot be stored: ") + std::strerror(errno));
}

/// Takes the first record off; empty when what is left holds no whole one.
std::optional<std::string_view> next_record(std::string_view& bytes) {
  if (bytes.size() < 4) return std::nullopt;
  std::uint32_t length = 0;
  for (unsigned i = 0; i < 4; ++i)
    length |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  if (length > kLargestRecord || length > bytes.size() - 4) return std::nullopt;
  const std::string_view found = bytes.substr(4, length);
  bytes.remove_prefix(4 + length);
  return found;
}

std::string header(std::string_view craft, const Lesson& lesson, std::string_view recorded_at) {
  json value = {{"craft", craft},
                {"movement", lesson.movement},
                {"label", to_string(lesson.label)},
                {"person", lesson.person},
                {"recorded_at", recorded_at}};
  if (lesson.mistake) value["mistake"] = *lesson.mistake;
  if (lesson.expected_repetitions) value["expected_repetitions"] = *lesson.expected_repetitions;
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

bool read_header(std::string_view text, InterruptedTake& take) {
  try {
    const json value = json::parse(text);
    take.craft = value.at("craft");
    take.recorded_at = value.at("recorded_at");
    take.lesson.movement = value.at("movement");
    take.lesson.person = value.at("person");
    take.lesson.label =
        value.at("label") == to_string(Label::kCorrect) ? Label::kCorrect : Label::kIncorrect;
    if (value.contains("mistake")) take.lesson.mistake = value["mistake"].get<std::string>();
    if (value.contains("expected_repetitions"))
      take.lesson.expected_repetitions = value["expected_repetitions"].get<int>();
    return true;
  } catch (const json::exception&) {
    return false;
  }
}

void read_frames(std::string_view bytes, std::vector<Landmarks>& frames) {
  try {
    while (const auto blob = next_record(bytes)) {
      for (Landmarks& frame : landmarks_from_blob(*blob)) frames.push_back(std::move(frame));
    }
  } catch (const Error&) {  // what was whole before is kept
  }
}

/// Whether a program that is running writes to it.
bool is_being_written(const fs::path& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return true;
  const bool is_locked = flock(file, LOCK_EX | LOCK_NB) != 0;
  close(file);
  return is_locked;
}

std::optional<InterruptedTake> read_journal(const fs::path& path) {
  std::error_code error;
  if (fs::file_size(path, error) > kLargestJournal || error) return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  std::string_view rest = bytes;
  InterruptedTake take;
  take.path = path;
  const auto head = next_record(rest);
  if (!head || !read_header(*head, take)) return std::nullopt;
  read_frames(rest, take.frames);
  return take;
}

}  // namespace

TakeJournal::TakeJournal(const fs::path& folder, std::string_view craft, const Lesson& lesson,
                         std::string_view recorded_at)
    : recorded_at_(recorded_at) {
  static std::atomic<unsigned> counter{0};
  path_ = folder / (std::string(kBeginning) + std::to_string(getpid()) + "-" +
                    std::to_string(counter++) + std::string(kEnding));
  file_ = open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file_ < 0)
    throw Error(ErrorCode::kIo, std::string("the take cannot be stored: ") + std::strerror(errno));
  flock(file_, LOCK_EX | LOCK_NB);
  const std::string head = record(header(craft, lesson, recorded_at));
  try {
    write_whole(file_, head);
  } catch (const Error&) {
    discard();
    throw;
  }
}

TakeJournal::~TakeJournal() {
  if (file_ >= 0) close(file_);
}

void TakeJournal::add(const Landmarks& frame) {
  // One write each: it is in the system's hands when this returns, whatever happens to the program.
  const std::string bytes = record(blob_from_landmarks(std::span(&frame, 1)));
  write_whole(file_, bytes);
}

void TakeJournal::discard() {
  std::error_code ignored;
  fs::remove(path_, ignored);
}

std::vector<InterruptedTake> interrupted_takes(const fs::path& folder) {
  std::vector<InterruptedTake> found;
  std::error_code error;
  for (auto file = fs::directory_iterator(folder, error);
       !error && file != fs::directory_iterator(); file.increment(error)) {
    const std::string name = file->path().filename().string();
    if (!name.starts_with(kBeginning) || !name.ends_with(kEnding) || is_being_written(file->path()))
      continue;
    if (auto take = read_journal(file->path())) found.push_back(std::move(*take));
  }
  return found;
}

}  // namespace kata
