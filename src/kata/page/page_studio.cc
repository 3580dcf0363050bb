// SPDX-License-Identifier: Apache-2.0
#include "kata/page/page_studio.h"

#include <fstream>
#include <iterator>
#include <utility>

#include "kata/core/error.h"
#include "kata/wire/messages.h"

namespace kata {
namespace {

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

PageStudio::PageStudio(const PageOptions& options, LandmarkerPool::Maker maker, Tell tell)
    : tell_(std::move(tell)),
      studio_(options.crafts, options.is_read_only),
      training_(studio_, [this](std::function<void()> job) { waiting_.push_back(std::move(job)); }),
      pool_(std::move(maker), 1),
      service_{studio_, training_, pool_, metrics_, options.version} {}

std::string PageStudio::to_json_text(const LiveReply& reply) { return to_json(reply); }

HttpResponse PageStudio::import(const std::string& bytes) {
  CraftImport import(service_);
  if (auto refused = import.add(bytes)) return std::move(*refused);
  return import.finish();
}

HttpResponse PageStudio::answer(HttpRequest request) {
  if (takes_file(request) && request.method == "POST") return import(request.body);
  HttpResponse response = kata::answer(service_, request);
  if (!response.file.empty()) response.body = bytes_of(std::exchange(response.file, {}));
  response.keep.reset();
  return response;
}

void PageStudio::open_tab() {
  tab_.reset();
  tab_ = std::make_unique<CameraTab>(studio_, pool_,
                                     [this](const LiveReply& reply) { this->tell(reply); });
  this->tell(LiveHello{"none", false});
}

void PageStudio::close_tab() { tab_.reset(); }

void PageStudio::say(std::string_view message) {
  if (is_ping(message)) return tell_(pong_json());
  if (!tab_) return;
  try {
    tab_->handle(live_request_from_json(message));
  } catch (const Error& error) {
    this->tell(LiveProblem{"invalid", public_text(error)});
  }
}

void PageStudio::show(double time_s, const ImageView& picture) {
  if (tab_) tab_->show(time_s, [&picture] { return picture; });
}

bool PageStudio::run_waiting() {
  if (waiting_.empty()) return false;
  const auto job = std::move(waiting_.front());
  waiting_.pop_front();
  job();
  return true;
}

void PageStudio::warm_up() { pool_.warm_up(); }

}  // namespace kata
