// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kata/session/live_desk.h"
#include "kata/wire/metrics.h"

namespace kata {

inline constexpr std::size_t kMostKeptReplies = 48;
inline constexpr std::size_t kMostLines = 32;
/// A tab that was cut off is waited for so long; its count goes on where it was.
inline constexpr std::chrono::seconds kTabPatience{30};
/// So long is its take held open; then what was recorded is cut and stored.
inline constexpr std::chrono::seconds kTakePatience{3};

/// How a tab asks for its line: `/api/live?tab=TOKEN&heard=N`.
struct LineRequest {
  std::string tab;          ///< chosen by the page, random; empty = a line for this connection only
  std::uint64_t heard = 0;  ///< replies it has, without frames
};
/// What is no such token counts as none.
LineRequest line_request_from(std::string_view target);

/// The connection that a line has at the moment.
class LineEnd {
 public:
  virtual ~LineEnd() = default;
  virtual void deliver(std::string text) = 0;
  /// Another connection of the same tab has come.
  virtual void give_way() = 0;
};

/// One tab's desk and what it has said; it outlives the tab's connections, so that a new one goes
/// on where the old one broke off. Touched in the network thread only.
class LiveLine {
 public:
  explicit LiveLine(std::string tab) : tab_(std::move(tab)) {}

  LiveDesk& desk() { return *desk_; }
  bool has_desk() const { return desk_ != nullptr; }
  /// What the desk (or the connection, of a request it could not read) says; frames are not kept.
  void say(const LiveReply& reply, std::string text);
  bool is_end(const LineEnd* end) const { return end_ == end; }

 private:
  friend class LiveLines;

  const std::string tab_;
  std::shared_ptr<LiveDesk> desk_;
  LineEnd* end_ = nullptr;
  std::string purpose_ = "none";
  std::deque<std::string> kept_;  ///< the newest replies
  std::uint64_t said_ = 0;        ///< all of them
  std::chrono::steady_clock::time_point parked_{};
  bool is_take_closed_ = false;
};

/// The lines of all tabs, with those whose tab was cut off a moment ago.
class LiveLines {
 public:
  /// Runs work in the network thread.
  using Post = std::function<void(std::function<void()>)>;
  /// Ends a desk elsewhere: it waits for its last picture.
  using Drop = std::function<void(std::shared_ptr<LiveDesk>)>;
  LiveLines(Studio& studio, LandmarkerPool& pool, Metrics& metrics, Post post, Drop drop);

  bool has(const std::string& tab) const { return lines_.contains(tab); }
  /// The tab's line, or a new one; greets a tab, then repeats what it has not heard.
  std::shared_ptr<LiveLine> open(const LineRequest& request, LineEnd& end);
  /// The connection has gone. Unless the tab said goodbye, it is waited for.
  void leave(const std::shared_ptr<LiveLine>& line, const LineEnd* end, bool is_goodbye);
  /// Ends takes and lines whose tab did not come back; to be called about every second.
  void look(std::chrono::steady_clock::time_point now);
  void clear() { lines_.clear(); }

 private:
  std::shared_ptr<LiveLine> make(const std::string& tab);
  void end(const std::shared_ptr<LiveLine>& line);
  void make_room();

  Studio& studio_;
  LandmarkerPool& pool_;
  Metrics& metrics_;
  Post post_;
  Drop drop_;
  std::map<std::string, std::shared_ptr<LiveLine>> lines_;
};

}  // namespace kata
