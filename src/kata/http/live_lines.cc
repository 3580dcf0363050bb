// SPDX-License-Identifier: Apache-2.0
#include "kata/http/live_lines.h"

#include <algorithm>
#include <charconv>
#include <utility>
#include <variant>

#include "kata/wire/http_message.h"
#include "kata/wire/messages.h"

namespace kata {
namespace {

constexpr std::size_t kShortestTab = 16;
constexpr std::size_t kLongestTab = 64;

bool is_tab(std::string_view text) {
  return text.size() >= kShortestTab && text.size() <= kLongestTab &&
         std::ranges::all_of(
             text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'); });
}

void count(Metrics& metrics, const LiveReply& reply) {
  if (const auto* frame = std::get_if<LiveFrame>(&reply)) {
    ++metrics.frames;
    metrics.work_us += static_cast<std::uint64_t>(frame->work_ms * 1000);
  } else if (std::holds_alternative<LiveVerdict>(reply)) {
    ++metrics.verdicts;
  } else if (std::holds_alternative<LiveTake>(reply)) {
    ++metrics.takes;
  } else if (const auto* problem = std::get_if<LiveProblem>(&reply);
             problem != nullptr && problem->code == "bad_frame") {
    ++metrics.bad_frames;
  }
}

/// What the desk is doing after this reply.
std::string purpose_after(const LiveReply& reply, const std::string& before) {
  if (const auto* ready = std::get_if<LiveReady>(&reply)) return ready->purpose;
  if (std::holds_alternative<LiveTake>(reply)) return "check";
  const auto* problem = std::get_if<LiveProblem>(&reply);
  const bool ended_take = problem != nullptr && problem->code != "bad_frame" && before == "record";
  return ended_take ? "check" : before;
}

}  // namespace

LineRequest line_request_from(std::string_view target) {
  LineRequest request;
  const std::string tab = query_value(target, "tab").value_or("");
  if (!is_tab(tab)) return request;
  request.tab = tab;
  const std::string heard = query_value(target, "heard").value_or("0");
  std::from_chars(heard.data(), heard.data() + heard.size(), request.heard);
  return request;
}

void LiveLine::say(const LiveReply& reply, std::string text) {
  purpose_ = purpose_after(reply, purpose_);
  if (!std::holds_alternative<LiveFrame>(reply) && !tab_.empty()) {
    ++said_;
    kept_.push_back(text);
    if (kept_.size() > kMostKeptReplies) kept_.pop_front();
  }
  if (end_ != nullptr) end_->deliver(std::move(text));
}

LiveLines::LiveLines(Studio& studio, LandmarkerPool& pool, Metrics& metrics, Post post, Drop drop)
    : studio_(studio),
      pool_(pool),
      metrics_(metrics),
      post_(std::move(post)),
      drop_(std::move(drop)) {}

/// Whoever opens one tab after the other makes those go that were cut off first.
void LiveLines::make_room() {
  if (lines_.size() < kMostLines) return;
  std::shared_ptr<LiveLine> oldest;
  for (const auto& [tab, line] : lines_) {
    const bool is_parked = line->end_ == nullptr;
    if (is_parked && (!oldest || line->parked_ < oldest->parked_)) oldest = line;
  }
  if (oldest) end(oldest);
}

std::shared_ptr<LiveLine> LiveLines::make(const std::string& tab) {
  make_room();
  auto line = std::make_shared<LiveLine>(tab);
  // The desk speaks in its own thread and may outlive the line by a moment.
  line->desk_ = std::make_shared<LiveDesk>(
      studio_, pool_,
      [weak = std::weak_ptr(line), post = post_, &metrics = metrics_](LiveReply reply) {
        count(metrics, reply);
        std::string text = to_json(reply);
        post([weak, reply = std::move(reply), text = std::move(text)]() mutable {
          if (const auto still = weak.lock()) still->say(reply, std::move(text));
        });
      });
  if (!tab.empty()) lines_[tab] = line;
  return line;
}

std::shared_ptr<LiveLine> LiveLines::open(const LineRequest& request, LineEnd& end) {
  const auto found = lines_.find(request.tab);
  const bool is_resumed = found != lines_.end();
  const std::shared_ptr<LiveLine> line = is_resumed ? found->second : make(request.tab);
  if (line->end_ != nullptr) std::exchange(line->end_, nullptr)->give_way();
  line->end_ = &end;
  if (request.tab.empty()) return line;
  end.deliver(to_json(LiveReply(LiveHello{line->purpose_, is_resumed})));
  const std::uint64_t first_kept = line->said_ - line->kept_.size();
  for (std::uint64_t i = std::max(request.heard, first_kept); is_resumed && i < line->said_; ++i)
    end.deliver(line->kept_[static_cast<std::size_t>(i - first_kept)]);
  return line;
}

void LiveLines::leave(const std::shared_ptr<LiveLine>& line, const LineEnd* end, bool is_goodbye) {
  if (!line->is_end(end)) return;  // another connection has taken over
  line->end_ = nullptr;
  if (line->tab_.empty() || is_goodbye) return this->end(line);
  line->parked_ = std::chrono::steady_clock::now();
  line->is_take_closed_ = false;
}

void LiveLines::look(std::chrono::steady_clock::time_point now) {
  std::vector<std::shared_ptr<LiveLine>> given_up;
  for (const auto& [tab, line] : lines_) {
    if (line->end_ != nullptr) continue;
    const auto away = now - line->parked_;
    if (away > kTakePatience && !std::exchange(line->is_take_closed_, true))
      line->desk_->ask(StopRequest{});
    if (away > kTabPatience) given_up.push_back(line);
  }
  for (const auto& line : given_up) end(line);
}

void LiveLines::end(const std::shared_ptr<LiveLine>& line) {
  if (!line->tab_.empty()) lines_.erase(line->tab_);
  if (!line->desk_) return;
  metrics_.dropped_frames += line->desk_->dropped();
  drop_(std::exchange(line->desk_, nullptr));
}

}  // namespace kata
