import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactElement } from 'react';
import { Kbd } from './Kbd';
import type { MenuItems } from './Menu';
import './Menu.css';

export interface MenuButtonProps {
  readonly items: MenuItems;
  readonly align?: 'start' | 'center' | 'end';
  /** The button: one element that takes a ref. */
  readonly children: ReactElement;
}

/** A menu that opens from its button; arrow keys, letters and Escape work inside. Not modal, as all our menus. */
export function MenuButton({ items, align = 'end', children }: MenuButtonProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="ui-menu" align={align} sideOffset={6} collisionPadding={8}>
          {items
            .filter((group) => group.length > 0)
            .map((group, index) => (
              <Radix.Group key={index} className="ui-menu-group">
                {group.map((item) => (
                  <Radix.Item
                    key={item.id}
                    className="ui-menu-item"
                    disabled={item.isDisabled === true}
                    onSelect={item.onSelect}
                  >
                    <span className="ui-menu-label">{item.label}</span>
                    {item.keys !== undefined && <Kbd keys={item.keys} />}
                  </Radix.Item>
                ))}
              </Radix.Group>
            ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
