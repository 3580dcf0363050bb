// SPDX-License-Identifier: Apache-2.0
// What a browser, or somebody who plays one, may send as a request: head and body, gate and table
// of calls.
#include <unistd.h>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http.hpp>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include "kata/http/http_response.ipp"
#include "kata/wire/routes.h"

namespace kata {
namespace {

namespace http = boost::beast::http;

/// Reads a request as a connection does; false when it is not one, or not all of it is there.
bool read_request(std::string_view bytes, WireRequest& request) {
  http::request_parser<http::string_body> parser;
  parser.eager(true);
  parser.header_limit(16U << 10U);
  parser.body_limit(64U << 10U);
  boost::system::error_code error;
  std::size_t used = 0;
  while (!error && !parser.is_done() && used < bytes.size()) {
    const std::size_t taken =
        parser.put(boost::asio::buffer(bytes.data() + used, bytes.size() - used), error);
    if (taken == 0) break;
    used += taken;
  }
  if (error || !parser.is_done()) return false;
  request = parser.release();
  return true;
}

/// A studio in a folder of its own that is empty again after each input.
class Rig {
 public:
  Rig()
      : folder_(std::filesystem::temp_directory_path() /
                ("kata-http-fuzz-" + std::to_string(getpid()))) {
    std::filesystem::create_directories(folder_);
  }
  ~Rig() { std::filesystem::remove_all(folder_); }

  void answer_all(std::string_view bytes) {
    {
      Studio studio(folder_);
      TrainingDesk training(studio);
      LandmarkerPool pool([] { return nullptr; }, 1);
      const Service service{studio, training, pool, metrics_, "fuzz", false, nullptr};
      WireRequest request;
      if (!read_request(bytes, request)) return;
      const Visitor visitor = visitor_from(request);
      if (gate_.refuse(visitor)) return;
      const auto path = path_from_target(visitor.target);
      if (!path) return;
      const HttpRequest plain{std::string(visitor.method), *path,
                              std::string(to_view(request[http::field::content_type])),
                              request.body()};
      if (page_response(plain, request, gate_)) return;
      const HttpResponse response = answer(service, plain);
      if (response.status < 200 || response.status > 599) std::abort();
    }
    // No name in a request may become a path: whatever was made lies in the folder, as a craft.
    for (const auto& file : std::filesystem::directory_iterator(folder_))
      std::filesystem::remove_all(file.path());
  }

 private:
  std::filesystem::path folder_;
  Metrics metrics_;
  Gatekeeper gate_{OwnNames({"127.0.0.1"}), "http", ""};
};

}  // namespace
}  // namespace kata

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static kata::Rig rig;
  rig.answer_all({reinterpret_cast<const char*>(data), size});
  return 0;
}
