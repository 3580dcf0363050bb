// SPDX-License-Identifier: Apache-2.0
#include "kata/http/server.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <netinet/in.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <optional>
#include <utility>
#include <vector>

#include "kata/core/error.h"
#include "kata/http/kept_secrets.h"
#include "kata/http/start_connection.ipp"

namespace kata {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr std::size_t kWorkers = 3;
constexpr std::size_t kMostWaitingRequests = 128;
constexpr std::chrono::seconds kGoodbye{3};

/// This computer's addresses in the local network.
std::vector<std::string> own_addresses() {
  std::vector<std::string> found;
  ifaddrs* list = nullptr;
  if (getifaddrs(&list) != 0) return found;
  for (const ifaddrs* entry = list; entry != nullptr; entry = entry->ifa_next) {
    if (entry->ifa_addr == nullptr || entry->ifa_addr->sa_family != AF_INET) continue;
    std::array<char, INET_ADDRSTRLEN> text{};
    const auto* address = reinterpret_cast<const sockaddr_in*>(entry->ifa_addr);
    inet_ntop(AF_INET, &address->sin_addr, text.data(), text.size());
    const std::string value(text.data());
    if (!value.starts_with("127.") && !value.starts_with("169.254.")) found.push_back(value);
  }
  freeifaddrs(list);
  return found;
}

tcp::acceptor listen(asio::io_context& io, const ServerOptions& options) {
  const auto address =
      options.is_lan ? asio::ip::address_v4::any() : asio::ip::address_v4::loopback();
  tcp::acceptor acceptor(io);
  const tcp::endpoint endpoint(address, options.port);
  acceptor.open(endpoint.protocol());
  acceptor.set_option(asio::socket_base::reuse_address(true));
  boost::system::error_code error;
  acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) {
    throw Error(ErrorCode::kUnavailable, "port " + std::to_string(options.port) +
                                             " cannot be opened (" + error.message() +
                                             "); choose another with --port");
  }
  return acceptor;
}

std::vector<std::string> host_names(std::uint16_t port, const std::vector<std::string>& addresses) {
  std::vector<std::string> names;
  const std::string suffix = ":" + std::to_string(port);
  for (const char* name : {"localhost", "127.0.0.1", "[::1]"}) names.push_back(name + suffix);
  for (const std::string& address : addresses) names.push_back(address + suffix);
  if (port == 443 || port == 80) {  // browsers leave the scheme's own port away
    for (std::size_t i = names.size(); i-- > 0;)
      names.push_back(names[i].substr(0, names[i].size() - suffix.size()));
  }
  return names;
}

}  // namespace

struct Server::Impl {
  Impl(const ServerOptions& chosen, LandmarkerPool::Maker maker)
      : options(chosen),
        studio(options.folder, options.is_read_only),
        pool(std::move(maker), options.most_learners),
        training(studio),
        acceptor(listen(io, options)),
        addresses(options.is_lan ? own_addresses() : std::vector<std::string>{}),
        workers(kWorkers, kMostWaitingRequests) {
    if (options.camera) camera.emplace(options.camera);
    // NOLINTNEXTLINE(modernize-make-unique): an aggregate that cannot be moved
    state.reset(new ServerState{
        {studio, training, pool, metrics, options.version, options.is_lan,
         camera ? &*camera : nullptr},
        Gatekeeper(host_names(acceptor.local_endpoint().port(), addresses),
                   options.is_lan ? "https" : "http",
                   options.is_lan ? kept_token(options.state_folder, options.with_new_token) : ""),
        workers,
        {}});
    state->head_patience = options.head_patience;
    state->body_patience = options.body_patience;
    if (options.is_lan) use_certificate();
  }

  void use_certificate() {
    const Certificate certificate =
        kept_certificate(options.state_folder, {"localhost"}, addresses_of_certificate());
    secure.use_certificate_chain(asio::buffer(certificate.chain));
    secure.use_private_key(asio::buffer(certificate.key), asio::ssl::context::pem);
  }

  std::vector<std::string> addresses_of_certificate() const {
    std::vector<std::string> all = addresses;
    all.emplace_back("127.0.0.1");
    return all;
  }

  void accept() {
    acceptor.async_accept([this](boost::system::error_code error, tcp::socket socket) {
      if (error == asio::error::operation_aborted || state->is_closing) return;
      if (error) {  // out of file handles: wait until some are free again
        retry.expires_after(std::chrono::milliseconds(100));
        retry.async_wait([this](boost::system::error_code stopped) {
          if (!stopped) accept();
        });
        return;
      }
      welcome(std::move(socket));
      accept();
    });
  }

  void welcome(tcp::socket socket) {
    if (state->open.size() >= static_cast<std::size_t>(kMostConnections)) {
      ++metrics.refused_connections;
      return;
    }
    boost::system::error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    if (options.is_lan) {
      start_secure_connection(std::move(socket), secure, *state);
    } else {
      start_plain_connection(std::move(socket), *state);
    }
  }

  void close() {
    state->is_closing = true;
    acceptor.close();
    retry.cancel();
    const std::vector<Closable*> open(state->open.begin(), state->open.end());
    for (Closable* connection : open) connection->close();
    goodbye.expires_after(kGoodbye);
    goodbye.async_wait([this](boost::system::error_code) { io.stop(); });
    poll_end();
  }

  /// Ends as soon as the last connection has gone, without waiting out the goodbye.
  void poll_end() {
    if (state->open.empty()) {
      io.stop();
      return;
    }
    retry.expires_after(std::chrono::milliseconds(20));
    retry.async_wait([this](boost::system::error_code) { poll_end(); });
  }

  ServerOptions options;
  Metrics metrics;
  Studio studio;
  LandmarkerPool pool;
  TrainingDesk training;
  std::optional<CameraDesk> camera;
  std::unique_ptr<ServerState> state;  // outlives the connections, which die with `io`
  asio::io_context io{1};
  asio::ssl::context secure{asio::ssl::context::tls_server};
  tcp::acceptor acceptor;
  asio::steady_timer retry{io};
  asio::steady_timer goodbye{io};
  std::vector<std::string> addresses;
  Workers workers;  // last: its threads end first
};

Server::Server(const ServerOptions& options, LandmarkerPool::Maker maker)
    : impl_(std::make_unique<Impl>(options, std::move(maker))) {}

Server::~Server() = default;

std::uint16_t Server::port() const { return impl_->acceptor.local_endpoint().port(); }

std::string Server::address() const {
  const std::string port_text = std::to_string(port());
  if (!impl_->options.is_lan) return "http://localhost:" + port_text + "/";
  const std::string host = impl_->addresses.empty() ? "localhost" : impl_->addresses.front();
  return "https://" + host + ":" + port_text + "/?token=" + impl_->state->gate.token();
}

int Server::recovered() const { return impl_->studio.recovered(); }

void Server::run(const std::stop_token& stop) {
  const std::stop_callback on_stop(stop,
                                   [this] { asio::post(impl_->io, [this] { impl_->close(); }); });
  impl_->workers.post([this] { impl_->pool.warm_up(); });
  impl_->accept();
  impl_->io.run();
}

}  // namespace kata
