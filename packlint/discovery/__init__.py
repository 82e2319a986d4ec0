"""What the client would look at: roots, layouts, manifests."""
